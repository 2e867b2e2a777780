import type { Db } from '../../db/index.ts';
import { findJob, type JobRow } from '../../jobs/index.ts';
import { RENDERING_CHECK } from './work.ts';

/** The newest first; index jobs_of_workspace. */
export async function listChecks(
  db: Db,
  {
    workspaceId,
    message,
    campaign,
    before,
    limit,
  }: {
    workspaceId: number;
    message: number | undefined;
    campaign: number | undefined;
    before: number | undefined;
    limit: number;
  },
): Promise<JobRow[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from jobs
      where workspace_id = $1 and kind = $2
        and ($3::bigint is null or input -> 'messages' @> jsonb_build_array(jsonb_build_object('id', $3::bigint)))
        and ($4::bigint is null or (input ->> 'campaign')::bigint = $4)
        and ($5::bigint is null or id < $5)
      order by id desc
      limit $6`,
    [workspaceId, RENDERING_CHECK, message ?? null, campaign ?? null, before ?? null, limit],
  );
  const jobs = await Promise.all(rows.map(({ id }) => findJob(db, { workspaceId, id })));
  return jobs.filter((job) => job !== undefined);
}

export interface FailingRow {
  n: number;
  contact: number | null;
  subject: string | null;
  message: string;
}

/** Contacts that fail, of all groups or of one; index job_errors_pkey. */
export async function listFailing(
  db: Db,
  {
    jobId,
    group,
    after,
    limit,
  }: { jobId: number; group: number | undefined; after: number; limit: number },
): Promise<FailingRow[]> {
  const { rows } = await db.query<FailingRow>(
    `select n, contact_id as contact, subject, message from job_errors
      where job_id = $1 and n > $2 and ($3::text is null or subject = $3)
      order by n
      limit $4`,
    [jobId, after, group === undefined ? null : String(group), limit],
  );
  return rows;
}

/** Index jobs_unfinished. */
export async function countUnfinished(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from jobs
      where state in ('queued', 'running') and workspace_id = $1 and kind = $2`,
    [workspaceId, RENDERING_CHECK],
  );
  return rows[0]!.n;
}
