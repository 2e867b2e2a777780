import type { Pool } from '../../db/index.ts';
import { startLine, type Line } from '../../jobs/index.ts';
import { countReports } from './count-reports.ts';

export interface ReportsParts {
  pool: Pool;
  /** For counting alone, under a name of its own: what runs there is ended with the line. */
  countingPool: Pool;
  countingName: string;
  clock: () => Date;
  onError: (cause: unknown) => void;
}

const LOOK_EVERY_MS = 60_000;
/** Where somebody wants one that is to be left alone yet. */
const SOON_MS = 5_000;
/** So many times what a count took nobody counts ahead: it reads beside what is sent. */
const REST_TIMES = 20;
const CANCEL_EVERY_MS = 100;

/** Counts reports that are wanted, and those of great campaigns before somebody asks. */
export function driveReports({
  countingName,
  pool,
  countingPool,
  clock,
  onError,
}: ReportsParts): Line {
  let restsUntil = -Infinity;
  let untilNext = LOOK_EVERY_MS;
  const line = startLine({
    async turn() {
      const wantedOnly = performance.now() < restsUntil;
      const { tookMs, moreWanted } = await countReports({ pool, countingPool, clock, wantedOnly });
      if (tookMs !== undefined) restsUntil = performance.now() + tookMs * REST_TIMES;
      untilNext = moreWanted ? SOON_MS : LOOK_EVERY_MS;
      return tookMs !== undefined && moreWanted;
    },
    untilNext: () => Promise.resolve(untilNext),
    onError,
  });
  return {
    ring: line.ring,
    async stop() {
      const stopped = line.stop();
      const end = (): void => void cancel(pool, countingName).catch(onError);
      const cancelling = setInterval(end, CANCEL_EVERY_MS);
      await stopped.finally(() => clearInterval(cancelling));
    },
  };
}

/** A count takes longer than a program that ends has. */
async function cancel(db: Pool, name: string): Promise<void> {
  await db.query(
    `select pg_cancel_backend(pid) from pg_stat_activity
      where application_name = $1 and state = 'active' and datname = current_database()`,
    [name],
  );
}
