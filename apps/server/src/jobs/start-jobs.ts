import { Logger, parseCronItems, run, type Runner } from 'graphile-worker';
import type { Pool } from '../db/index.ts';
import { doWork } from './do-work.ts';
import { wakeJob, WORK_TASK } from './enqueue-job.ts';
import { listUnfinished } from './queries.ts';
import type { WorkKinds } from './work.ts';

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
  /** Long work that this process knows how to do. */
  kinds: WorkKinds;
  clock: () => Date;
  onError: (cause: unknown) => void;
}

/** Long work shall not keep periodic jobs from their minute. */
const JOBS_AT_ONCE = 3;
/** A job that nobody has moved for so long was left behind by a killed process. */
const LEFT_BEHIND_MS = 60_000;

/** Durable background work: the queue keeps one row for each due minute of a cron job. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { pool, kinds, clock } = options;
  const stopping = new AbortController();
  const work = { pool, kinds, clock, stopping: stopping.signal };
  const periodic = [...options.jobs, goOn];
  const runner = await startRunner(options, periodic, (id) => doWork(work, { id }));
  // What a killed process left goes on at once when the program is started again.
  await wakeUnfinished(pool, { untouchedSince: clock() });
  return {
    stop() {
      stopping.abort();
      return runner.stop();
    },
  };
}

const goOn: PeriodicJob = {
  name: 'go_on_with_work',
  cron: '* * * * *',
  run: ({ pool, now }) =>
    wakeUnfinished(pool, { untouchedSince: new Date(now.getTime() - LEFT_BEHIND_MS) }),
};

async function wakeUnfinished(pool: Pool, which: { untouchedSince: Date }): Promise<void> {
  for (const id of await listUnfinished(pool, which)) await wakeJob(pool, { id });
}

function startRunner(
  { pool, clock, onError }: JobsOptions,
  periodic: PeriodicJob[],
  work: (id: number) => Promise<void>,
): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: JOBS_AT_ONCE,
    // Nothing here is urgent; an idle installation should not look often.
    pollInterval: 30_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error') onError(meta?.['error'] ?? new Error(message));
    }),
    taskList: {
      ...Object.fromEntries(
        periodic.map((job) => [job.name, () => job.run({ pool, now: clock() })]),
      ),
      [WORK_TASK]: (payload) => work((payload as { id: number }).id),
    },
    parsedCronItems: parseCronItems(
      periodic.map(({ name, cron }) => ({
        task: name,
        match: cron,
        options: { backfillPeriod: 0 },
      })),
    ),
  });
}
