import type { ProblemDetail } from '@perennial/contracts';
import { z } from 'zod';
import { Problem } from './problem.ts';

type Part = NonNullable<ProblemDetail['in']>;

/** What came over the wire, as the program works with it; throws `invalid_request`. */
export function fromWire(schema: z.ZodType, value: unknown, part: Part): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = detailsOf(result.error.issues, part);
  throw new Problem('invalid_request', {
    detail: errors
      .map(({ path, message }) => `${path || '/'}: ${message}`)
      .join(' ')
      .slice(0, 500),
    errors,
  });
}

/**
 * What a handler answered, as it goes over the wire. Members that the schema does not name stay
 * behind, so no column ever leaks.
 */
export function toWire(schema: z.ZodType, value: unknown): unknown {
  const result = z.safeEncode(schema, value);
  if (result.success) return result.data;
  const where = detailsOf(result.error.issues, 'body').map((d) => `${d.path || '/'}: ${d.message}`);
  throw new Error(`The answer does not fit its schema: ${where.slice(0, 5).join(' ')}`);
}

/** Zod's issues as JSON pointers (RFC 6901). Use it for values checked outside of a route, too. */
export function detailsOf(issues: readonly z.core.$ZodIssue[], part: Part): ProblemDetail[] {
  return issues
    .flatMap((issue) => leaves(issue, []))
    .slice(0, 100)
    .map(({ path, message }) => ({ path: pointer(path), message, in: part }));
}

interface Leaf {
  path: PropertyKey[];
  message: string;
}

/** Of a failed union, the alternative that came nearest; of unknown members, each by its name. */
function leaves(issue: z.core.$ZodIssue, parents: PropertyKey[]): Leaf[] {
  const path = [...parents, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ path: [...path, name], message: 'Unknown member.' }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const alternatives = issue.errors.map((errors) => errors.flatMap((e) => leaves(e, path)));
    return alternatives.reduce((best, next) => (depthOf(next) > depthOf(best) ? next : best));
  }
  return [{ path, message: issue.message }];
}

function depthOf(found: Leaf[]): number {
  return Math.max(0, ...found.map(({ path }) => path.length));
}

export function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
