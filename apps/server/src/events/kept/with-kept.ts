import type { KeptTypes, WithKept } from '../../contacts/index.ts';
import { inTransaction, type Db, type Pool } from '../../db/index.ts';
import { readKeptTypes, tendKeptTypes } from './kept-types.ts';

/**
 * Asks with what is kept. Where no snapshot spans the question, a type may stop being kept while it is
 * asked: then it is asked again of the events themselves.
 */
export const withKept: WithKept = async (db, { workspaceId, tend }, ask) => {
  const kept: KeptTypes = { whole: await readKeptTypes(db, { workspaceId }), asked: new Set() };
  const began = performance.now();
  try {
    return await askTwiceIfNeeded(db, { workspaceId, kept }, ask);
  } finally {
    // Also when it was given up: then it was slow.
    if (tend) await tendAsked(tend.pool, { workspaceId, kept, began, now: tend.now });
  }
};

async function askTwiceIfNeeded<Answer>(
  db: Db,
  { workspaceId, kept }: { workspaceId: number; kept: KeptTypes },
  ask: (kept: KeptTypes) => Promise<Answer>,
): Promise<Answer> {
  const answer = await ask(kept);
  const used = [...kept.asked].filter((key) => kept.whole.has(key));
  if (used.length === 0) return answer;
  const still = await readKeptTypes(db, { workspaceId });
  if (used.every((key) => still.has(key))) return answer;
  return ask({ whole: new Set(), asked: kept.asked });
}

async function tendAsked(
  pool: Pool,
  {
    workspaceId,
    kept,
    began,
    now,
  }: { workspaceId: number; kept: KeptTypes; began: number; now: Date },
): Promise<void> {
  if (kept.asked.size === 0) return;
  const tookMs = performance.now() - began;
  const keys = [...kept.asked];
  await inTransaction(pool, (tx) => tendKeptTypes(tx, { workspaceId, keys, tookMs, now }));
}
