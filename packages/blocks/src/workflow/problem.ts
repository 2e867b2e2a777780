import type { WorkflowProblem } from '@perennial/contracts';
import type { z } from 'zod';

/** A problem of the workflow as a whole. */
export function workflowProblem(path: string, message: string): WorkflowProblem {
  return { path, block: null, message };
}

/** A problem of one block; `path` is a JSON pointer below it. */
export function blockProblem(block: string, path: string, message: string): WorkflowProblem {
  return { path: `/blocks/${escapePointer(block)}${path}`, block, message };
}

/** A JSON pointer (RFC 6901) to a place inside a value. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapePointer(String(key))}`).join('');
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What a schema found, one entry for each place. */
export function issuesOf(error: { issues: readonly z.core.$ZodIssue[] }): Found[] {
  return error.issues.flatMap((issue) => foundBy(issue, []));
}

interface Found {
  path: string;
  message: string;
}

const SAYS_NOTHING = 'Invalid input';

/** Of a union that does not say what it expected, the alternative that came nearest. */
function foundBy(issue: z.core.$ZodIssue, parents: readonly PropertyKey[]): Found[] {
  const path = [...parents, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pointer([...path, key]),
      message: `unknown member ${JSON.stringify(key)}`,
    }));
  }
  if (issue.code === 'invalid_union' && issue.message === SAYS_NOTHING && issue.errors.length > 0) {
    const found = issue.errors.map((issues) => issues.flatMap((inner) => foundBy(inner, path)));
    return found.reduce((best, other) => (depthOf(other) > depthOf(best) ? other : best));
  }
  return [{ path: pointer(path), message: issue.message }];
}

function depthOf(found: Found[]): number {
  return Math.max(...found.map(({ path }) => path.split('/').length));
}
