import type { Db } from '../../db/index.ts';
import { DEAD_AFTER_MS } from './reclaim-abandoned.ts';

/** Among how many processes the limits of the installation are shared out. */
export interface Shares {
  count(): number;
  /** Asks who sends now, if that was not asked lately. */
  refresh(): Promise<void>;
}

/** A process that comes or goes is known to the others after so long. */
const FRESH_MS = 2_000;

/**
 * Each process that sends takes an equal share of a rate, so that the whole is kept without asking
 * anybody for a message. One that died keeps its share until it is taken for dead.
 */
export function createShares(db: Db, { clock }: { clock: () => Date }): Shares {
  let known = 1;
  let askedAt = -Infinity;
  return {
    count: () => known,
    async refresh() {
      const now = clock().getTime();
      if (now - askedAt < FRESH_MS) return;
      askedAt = now;
      known = Math.max(1, await countSenders(db, { since: new Date(now - DEAD_AFTER_MS) }));
    },
  };
}

/** A handful of rows. */
async function countSenders(db: Db, { since }: { since: Date }): Promise<number> {
  const { rows } = await db.query<{ n: number }>({
    name: 'count_senders',
    text: `select count(*)::integer as n from processes where role <> 'api' and beat_at > $1`,
    values: [since],
  });
  return rows[0]!.n;
}
