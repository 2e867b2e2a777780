import { inTransaction, type Pool } from '../../db/index.ts';
import { indexFieldValues } from './index-field.ts';
import { listFieldIndexes } from './queries.ts';

/** A page of contacts that takes longer is worth an index. */
export const SLOW_MS = 250;

/** Of a workspace; every one costs room and a little time whenever a card is written. */
export const MOST_AUTOMATIC = 20;

/**
 * Begins to index the fields that a slow filter asks for, as far as there is room. Tells which of
 * them are being indexed now, so that the same filter will be quick.
 */
export async function indexSlowFilter(
  db: Pool,
  { workspaceId, fields, now }: { workspaceId: number; fields: string[]; now: Date },
): Promise<string[]> {
  if (fields.length === 0) return [];
  return inTransaction(db, async (tx) => {
    const there = await listFieldIndexes(tx, { workspaceId });
    const room = MOST_AUTOMATIC - there.filter(({ automatic }) => automatic).length;
    const missing = fields.filter((field) => !there.some((index) => index.field === field));
    const by = {
      workspaceId,
      actor: { kind: 'system', id: null, name: 'filters' },
      at: now,
    } as const;
    for (const field of missing.slice(0, Math.max(0, room))) {
      await indexFieldValues(tx, { workspaceId, field, automatic: true, by });
    }
    const begun = new Set((await listFieldIndexes(tx, { workspaceId })).map(({ field }) => field));
    return fields.filter((field) => begun.has(field));
  });
}
