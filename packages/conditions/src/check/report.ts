import { z } from 'zod';

/** A mistake in a definition: where (a JSON pointer, RFC 6901) and what was expected there. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Collects mistakes at one place of a definition. */
export interface Report {
  /** The report of a place further inside. */
  at(...keys: readonly PropertyKey[]): Report;
  add(message: string): void;
  /** Tells what is right and may yet be a mistake. */
  warn(message: string): void;
}

/** A report that adds to `issues`, and what is no mistake to `warnings`. */
export function createReport(issues: Issue[], warnings: Issue[] = [], path = ''): Report {
  return {
    at: (...keys) => createReport(issues, warnings, path + keys.map(pointerStep).join('')),
    add: (message) => void issues.push({ path, message }),
    warn: (message) => void warnings.push({ path, message }),
  };
}

/** The keys of a JSON pointer. */
export function pointerKeys(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function pointerStep(key: PropertyKey): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Parses with a schema; undefined when it does not fit, with each mistake reported in its place. */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown, report: Report): T | undefined {
  const parsed = schema.safeParse(input, { error: describe });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) reportIssue(issue, schema, report);
  return undefined;
}

function reportIssue(issue: z.core.$ZodIssue, schema: z.ZodType, report: Report): void {
  const place = report.at(...issue.path);
  if (issue.code !== 'unrecognized_keys') {
    place.add(issue.message);
    return;
  }
  const known = schema instanceof z.ZodObject && issue.path.length === 0 ? schema.shape : undefined;
  const expected = known ? `; expected only ${Object.keys(known).join(', ')}` : '';
  for (const key of issue.keys) place.at(key).add(`unknown member ${quoted(key)}${expected}`);
}

/** A name from a definition as messages show it: in quotes, and not longer than 80 characters. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);
}

/** What was expected, where the schema itself does not say it. */
function describe(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return `expected ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') {
    return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  }
  return undefined;
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}
