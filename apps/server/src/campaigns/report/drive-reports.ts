import type { Pool } from '../../db/index.ts';
import { startLine, type Line } from '../../jobs/index.ts';
import { countReports } from './count-reports.ts';

export interface ReportsParts {
  /** For counting alone, under a name of its own: what runs there is ended with the line. */
  reportsPool: Pool;
  reportsName: string;
  pool: Pool;
  clock: () => Date;
  onError: (cause: unknown) => void;
}

const LOOK_EVERY_MS = 60_000;
/** So many times what a count took nobody counts ahead: it reads beside what is sent. */
const REST_TIMES = 20;
const CANCEL_EVERY_MS = 100;

/** Counts reports that are wanted, and those of great campaigns before somebody asks. */
export function driveReports({
  reportsPool,
  reportsName,
  pool,
  clock,
  onError,
}: ReportsParts): Line {
  let tookMs = 0;
  const line = startLine({
    async turn() {
      tookMs = await countReports({ pool: reportsPool, clock });
      return false;
    },
    untilNext: () => Promise.resolve(Math.max(LOOK_EVERY_MS, tookMs * REST_TIMES)),
    onError,
  });
  return {
    ring: line.ring,
    async stop() {
      const stopped = line.stop();
      const cancelling = setInterval(
        () => void cancel(pool, reportsName).catch(onError),
        CANCEL_EVERY_MS,
      );
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
