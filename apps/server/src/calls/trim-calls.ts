import type { Pool } from '../db/index.ts';
import { forgetCalls } from './due-queries.ts';

const KEPT_MS = 7 * 86_400_000;
const A_BATCH = 10_000;

/** The log of calls goes back a week. */
export async function trimCalls(pool: Pool, { now }: { now: Date }): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  while ((await forgetCalls(pool, { before, limit: A_BATCH })) === A_BATCH);
}
