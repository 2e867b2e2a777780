import { z } from 'zod';
import { instantSchema } from './instant.ts';

/** How many items a page may hold; the query of every list. */
export const pageLimitSchema = z.coerce.number().int().min(1).max(500).default(50);

/** The answer of a list: items, and the cursor that asks for what follows. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** A page as the interface receives it. */
export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** A page of a list that looks at so many rows an answer, and how far it looked for them. */
export function lookedPageOf<Item extends z.ZodType>(item: Item) {
  return pageOf(item).extend({
    looked_until: instantSchema
      .nullable()
      .describe(
        'What is older was not looked at yet: little fits, so the search goes on by the cursor.',
      ),
  });
}
