import { pageLimitSchema } from '@perennial/contracts';
import { z } from 'zod';
import { parseJson } from './parse-json.ts';

/**
 * The query of a list. `position` says what a cursor holds, as a tuple of JSON values: the sort
 * key of the last item, ending with its ID. Spread it into the route's query:
 *
 *   query: z.object({ ...pageQuery(z.tuple([z.number()])), search: z.string().optional() })
 */
export function pageQuery<Position extends z.ZodType>(position: Position) {
  return { limit: pageLimitSchema, cursor: cursorSchema(position).optional() };
}

/** Opaque to clients: they hand back what they were given. `longest`: in characters. */
export function cursorSchema<Position extends z.ZodType>(
  position: Position,
  { longest = 2000 }: { longest?: number } = {},
) {
  return z
    .string()
    .max(longest)
    .transform((text, context): z.output<Position> => {
      const parsed = position.safeParse(decode(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: 'Not a cursor of this list.' });
      return z.NEVER;
    });
}

/**
 * The answer of a list, from one row more than asked for: ask the database for `limit + 1`.
 */
export function pageFrom<Row>(
  rows: Row[],
  { limit, position }: { limit: number; position: (row: Row) => unknown[] },
): { items: Row[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, next_cursor: more ? encodeCursor(position(last)) : null };
}

/** For lists that know better than the number of rows whether there is more. */
export function encodeCursor(position: unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(text: string): unknown {
  try {
    return parseJson(Buffer.from(text, 'base64url'));
  } catch {
    return undefined;
  }
}
