import type { Db } from '../db/index.ts';
import { insertJob, type JobRow } from './queries.ts';
import type { JobOrder } from './work.ts';

/** Name of the task in the queue that does a job's slices. */
export const WORK_TASK = 'work';

/** Begins long work as part of the caller's transaction. */
export async function enqueueJob(tx: Db, order: JobOrder): Promise<JobRow> {
  const job = await insertJob(tx, order);
  await wakeJob(tx, { id: job.id });
  return job;
}

/**
 * Puts the job into the queue. A program that never worked has made no queue yet; the first worker
 * finds the job by itself.
 */
export async function wakeJob(tx: Db, { id }: { id: number }): Promise<void> {
  const { rows } = await tx.query<{ ready: boolean }>(
    `select to_regnamespace('graphile_worker') is not null as ready`,
  );
  if (!rows[0]?.ready) return;
  // If a killed worker still seems to hold the entry of this key, a new one is made beside it.
  await tx.query(
    `select graphile_worker.add_job($1, json_build_object('id', $2::bigint), job_key := $3, max_attempts := 25)`,
    [WORK_TASK, id, `${WORK_TASK}:${id}`],
  );
}
