import { inTransaction, type Pool } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { createDynamic, requireRule } from '../segments/index.ts';
import { findIdsByKey } from './queries.ts';
import { sampleSegments } from './sample-segments.ts';

/** After the history: it is computed at once, instead of followed event by event. */
export async function createSegments(
  pool: Pool,
  { workspaceId, by }: { workspaceId: number; by: Origin },
): Promise<void> {
  const known = await findIdsByKey(pool, { table: 'segments', workspaceId });
  for (const { include, exclude, ...segment } of sampleSegments) {
    if (known.has(segment.key)) continue;
    const definition = { language: 1, include, ...(exclude && { exclude }) };
    await inTransaction(pool, async (tx) => {
      const checked = await requireRule(tx, { workspaceId, definition });
      await createDynamic(tx, { workspaceId, by, checked, ...segment });
    });
  }
}
