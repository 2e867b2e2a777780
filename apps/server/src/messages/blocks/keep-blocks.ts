import type { Db, Tx } from '../../db/index.ts';
import type { BlockToPlace } from './block-content.ts';
import { holdVersions, replaceMessageBlocks } from './queries.ts';

/** A block changed between the compilation and the transaction that keeps it. */
class StaleBlocks extends Error {
  override name = 'StaleBlocks';
}

const MOST_TRIES = 5;

/** Compiles and saves anew while blocks change in between. */
export async function withNewestBlocks<Saved>(save: () => Promise<Saved>): Promise<Saved> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await save();
    } catch (error) {
      if (!(error instanceof StaleBlocks) || tries === MOST_TRIES) throw error;
    }
  }
}

/**
 * Notes what the current version of a message was made with. Throws for `withNewestBlocks` when that
 * is not the newest any more, so that no change of a block misses a message.
 */
export async function keepBlocks(
  tx: Tx,
  { messageId, blocks }: { messageId: number; blocks: readonly BlockToPlace[] },
): Promise<void> {
  const present = await holdVersions(tx, { ids: blocks.map(({ id }) => id) });
  if (blocks.some(({ id, version }) => present.get(id) !== version)) throw new StaleBlocks();
  await replaceMessageBlocks(tx, { messageId, blocks });
}

/** As it is kept with a version: what was sent names what it was made with. */
export function versionsOf(blocks: readonly BlockToPlace[]): Record<string, number> {
  return Object.fromEntries(blocks.map(({ key, version }) => [key, version]));
}

/** Whether the current version of a message was made with other versions of blocks than these. */
export async function isMadeWithOthers(
  db: Db,
  { messageId, blocks }: { messageId: number; blocks: readonly BlockToPlace[] },
): Promise<boolean> {
  const { rows } = await db.query<{ block_id: number; block_version: number }>(
    `select block_id, block_version from message_blocks where message_id = $1`,
    [messageId],
  );
  const made = new Map(rows.map((row) => [row.block_id, row.block_version]));
  return made.size !== blocks.length || blocks.some(({ id, version }) => made.get(id) !== version);
}
