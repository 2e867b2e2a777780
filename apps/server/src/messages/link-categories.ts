import { readCategories } from '../categories/index.ts';
import type { Tx } from '../db/index.ts';
import { Problem } from '../http/index.ts';
import { replaceMessageCategories } from './queries.ts';

/** Gives a message exactly these categories. One that was archived may stay, and takes nobody in. */
export async function linkCategories(
  tx: Tx,
  {
    workspaceId,
    messageId,
    keys,
  }: { workspaceId: number; messageId: number; keys: readonly string[] },
): Promise<void> {
  const categories = await readCategories(tx, { workspaceId });
  const unknown = keys.filter((key) => !categories.has(key));
  if (unknown.length > 0) {
    throw new Problem('unprocessable', {
      detail: `There is no category ${unknown.map((key) => `"${key}"`).join(', ')}.`.slice(0, 500),
      errors: [{ path: '/categories', message: 'There is no such category.', in: 'body' }],
    });
  }
  const categoryIds = [...new Set(keys)].map((key) => categories.get(key)!.id);
  await replaceMessageCategories(tx, { messageId, categoryIds });
}
