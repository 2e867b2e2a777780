import { z } from 'zod';
import { RestError } from './rest-error.ts';

const LARGEST_ID = Number.MAX_SAFE_INTEGER;

/** A number; old clients send it as text. */
export const restId = z
  .union(
    [
      z.int().positive().max(LARGEST_ID),
      z
        .string()
        .regex(/^[1-9]\d{0,14}$/)
        .transform(Number),
    ],
    { error: 'expected a positive whole number' },
  )
  .meta({ description: 'A number.' });

/** A text; old clients send numbers where digits are meant. */
export function restText(longest: number) {
  const error = `expected a text of at most ${longest} characters`;
  return z.union(
    [
      z.string().max(longest, { error }),
      z
        .number()
        .transform(String)
        .refine((text) => text.length <= longest, { error }),
    ],
    { error },
  );
}

/** A list; old clients send a list of one as the element itself. */
export function listOf<Element extends z.ZodType>(element: Element, { most = 10_000 } = {}) {
  const list = z.array(element).max(most, { error: ({ input }) => tooMany(input, most) });
  return z.preprocess((value) => (isLone(value) ? [value] : value), list);
}

function tooMany(input: unknown, most: number): string {
  return `at most ${most} are taken at once, and here are ${(input as unknown[]).length}`;
}

function isLone(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LARGEST_PAGE = 500;

/** `startindex` counts from 1. */
export const restPage = {
  startindex: queryNumber({ from: 1, to: 1_000_000_000 }).default(1),
  maxrows: queryNumber({ from: 1, to: LARGEST_PAGE }).default(LARGEST_PAGE),
};

export function queryNumber({ from, to }: { from: number; to: number }) {
  const error = `expected a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .refine((number) => number >= from && number <= to, { error });
}

export const queryBoolean = z
  .enum(['true', 'false'], { error: 'expected true or false' })
  .transform((value) => value === 'true');

export const idParams = z.object({ id: restId });

/** The value, or a 400 that names every place that is wrong and what was expected there. */
export function readPart<Part extends z.ZodType>(
  schema: Part,
  value: unknown,
  what: string,
): z.output<Part> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = describeIssues(result.error, [], what);
  throw new RestError(400, lines.join('\n').slice(0, 4000));
}

/** What is wrong, a line a place; `what` is the place of the whole. */
export function describeIssues(
  { issues }: z.ZodError,
  parents: readonly PropertyKey[],
  what = '',
): string[] {
  const lines = issues.map(({ path, message }) => {
    return `${placeOf([...parents, ...path]) || what}: ${message}`;
  });
  return [...new Set(lines)].slice(0, 20);
}

/** `contacts[3].channels[0].type`. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, part) => {
    if (typeof part === 'number') return `${place}[${part}]`;
    const name = String(part).slice(0, 100);
    return place === '' ? name : `${place}.${name}`;
  }, '');
}
