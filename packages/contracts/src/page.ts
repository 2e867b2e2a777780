import { z } from 'zod';

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
