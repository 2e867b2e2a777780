import { Logger, parseCronItems, run } from 'graphile-worker';
import type { Pool } from '../db/index.ts';

/** Periodic work: once for the whole installation, however many processes run. */
export interface PeriodicJob {
  name: string;
  /** Five fields, in UTC. */
  cron: string;
  /** May run again after a crash: doing it twice must change nothing. */
  run: (options: { pool: Pool; now: Date }) => Promise<void>;
}

export interface Jobs {
  /** Waits for the jobs under way. */
  stop(): Promise<void>;
}

export interface JobsOptions {
  pool: Pool;
  jobs: PeriodicJob[];
  clock: () => Date;
  onError: (cause: unknown) => void;
}

/** Durable background work: the queue keeps one row for each due minute of a cron job. */
export async function startJobs({ pool, jobs, clock, onError }: JobsOptions): Promise<Jobs> {
  const runner = await run({
    pgPool: pool,
    concurrency: 1,
    // Nothing here is urgent; an idle installation should not look often.
    pollInterval: 30_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error') onError(meta?.['error'] ?? new Error(message));
    }),
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, () => job.run({ pool, now: clock() })]),
    ),
    parsedCronItems: parseCronItems(
      jobs.map(({ name, cron }) => ({ task: name, match: cron, options: { backfillPeriod: 0 } })),
    ),
  });
  return { stop: () => runner.stop() };
}
