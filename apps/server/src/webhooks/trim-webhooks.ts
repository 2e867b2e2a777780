import { inTransaction, type Pool } from '../db/index.ts';
import { forgetAttempts } from './attempt-queries.ts';
import { dropOrphans, trimOutbox } from './outbox-queries.ts';

const DAY_MS = 86_400_000;
/** Facts wait so long, and so many of them. */
const KEPT_MS = 7 * DAY_MS;
const MOST_WAITING = 1_000_000;
/** The log and its counts. */
const LOG_KEPT_MS = 7 * DAY_MS;

/** Gives up what has waited too long, counts it, and forgets old attempts. */
export async function trimWebhooks(pool: Pool, { now }: { now: Date }): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(`select id from webhooks order by id`);
  for (const { id: webhookId } of rows) {
    const before = new Date(now.getTime() - KEPT_MS);
    await inTransaction(pool, (tx) => trimOutbox(tx, { webhookId, before, most: MOST_WAITING }));
  }
  await dropOrphans(pool);
  await forgetAttempts(pool, { before: new Date(now.getTime() - LOG_KEPT_MS) });
}
