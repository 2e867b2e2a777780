import type { JobState } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import type { Actor } from '../http/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import { dropContacts } from './job-contacts.ts';
import type { JobOrder, Slice, WorkError } from './work.ts';

export interface JobRow {
  id: number;
  workspace_id: number;
  kind: string;
  input: JsonObject;
  state: JobState;
  cursor: JsonObject | null;
  slices: number;
  total: number | null;
  done: number;
  failed: number;
  result: Json;
  reason: string | null;
  attempts: number;
  cancel_asked: boolean;
  worked_ms: number;
  actor_kind: Actor['kind'];
  actor_id: number | null;
  actor_name: string;
  created_at: Date;
  started_at: Date | null;
  moved_at: Date | null;
  ended_at: Date | null;
}

const COLUMNS = `id, workspace_id, kind, input, state, cursor, slices, total, done, failed, result, reason,
                 attempts, cancel_asked, worked_ms, actor_kind, actor_id, actor_name,
                 created_at, started_at, moved_at, ended_at`;

export async function insertJob(
  tx: Db,
  { workspaceId, kind, input, total, by }: JobOrder,
): Promise<JobRow> {
  const { rows } = await tx.query<JobRow>(
    `insert into jobs (workspace_id, kind, input, total, state, actor_kind, actor_id, actor_name, created_at)
     values ($1, $2, $3, $4, 'queued', $5, $6, $7, $8)
     returning ${COLUMNS}`,
    [workspaceId, kind, input, total ?? null, by.actor.kind, by.actor.id, by.actor.name, by.at],
  );
  return rows[0]!;
}

/** Takes the job for the rest of the transaction; undefined when another process has it. */
export async function takeJob(tx: Tx, { id }: { id: number }): Promise<JobRow | undefined> {
  const { rows } = await tx.query<JobRow>(
    `select ${COLUMNS} from jobs
      where id = $1 and state in ('queued', 'running')
        for update skip locked`,
    [id],
  );
  return rows[0];
}

/** Most errors that are kept of one job; all are counted. */
const MOST_ERRORS = 10_000;

/** Work that pauses longer than this between two slices was not at work. */
const LONGEST_STEP_MS = 10_000;

export async function writeSlice(
  tx: Tx,
  { job, slice, now }: { job: JobRow; slice: Slice; now: Date },
): Promise<void> {
  const errors = slice.errors ?? [];
  await writeErrors(tx, { job, errors });
  if (slice.changed && slice.changed.length > 0) {
    await tx.query(`insert into job_changes (job_id, slice, contact_ids) values ($1, $2, $3)`, [
      job.id,
      job.slices,
      slice.changed,
    ]);
  }
  if (slice.file) {
    const { content, rows } = slice.file;
    await tx.query(
      `insert into job_files (job_id, slice, rows, bytes, content) values ($1, $2, $3, $4, $5)`,
      [job.id, job.slices, rows, content.length, content],
    );
  }
  const since = (job.moved_at ?? now).getTime();
  const finished = slice.next === 'finished';
  await tx.query(
    `update jobs
        set cursor = $2, slices = slices + 1, done = done + $3, failed = failed + $4,
            total = coalesce($5, total), result = coalesce($6::jsonb, result), attempts = 0, reason = null,
            state = $7, started_at = coalesce(started_at, $8), moved_at = $8,
            ended_at = case when $9 then $8::timestamptz end, worked_ms = worked_ms + $10
      where id = $1`,
    [
      job.id,
      slice.cursor,
      slice.done ?? 0,
      errors.length,
      slice.total ?? null,
      slice.result ?? null,
      stateAfter(job, slice),
      now,
      finished,
      Math.min(Math.max(0, now.getTime() - since), LONGEST_STEP_MS),
    ],
  );
  if (finished) await dropContacts(tx, { jobId: job.id });
}

function stateAfter({ cancel_asked: wasCancelled }: JobRow, { next, complete }: Slice): JobState {
  if (next !== 'finished') return 'running';
  return wasCancelled && !complete ? 'cancelled' : 'done';
}

async function writeErrors(
  tx: Tx,
  { job, errors }: { job: JobRow; errors: WorkError[] },
): Promise<void> {
  const kept = errors.slice(0, Math.max(0, MOST_ERRORS - job.failed));
  if (kept.length === 0) return;
  await tx.query(
    `insert into job_errors (job_id, n, contact_id, subject, message)
     select $1, n, contact_id, subject, message
       from unnest($2::int[], $3::bigint[], $4::text[], $5::text[]) as row (n, contact_id, subject, message)`,
    [
      job.id,
      kept.map((_, i) => job.failed + i + 1),
      kept.map(({ contactId }) => contactId ?? null),
      kept.map(({ subject }) => subject ?? null),
      kept.map(({ message }) => message),
    ],
  );
}

export async function endJob(
  tx: Db,
  { id, state, reason, now }: { id: number; state: JobState; reason: string | null; now: Date },
): Promise<void> {
  await dropContacts(tx, { jobId: id });
  await tx.query(`update jobs set state = $2, reason = $3, ended_at = $4 where id = $1`, [
    id,
    state,
    reason,
    now,
  ]);
}

/** Notes that the present slice broke; the job has failed when it did so too often. */
export async function writeBreakage(
  tx: Db,
  { id, reason, most, now }: { id: number; reason: string; most: number; now: Date },
): Promise<void> {
  await tx.query(
    `update jobs
        set attempts = attempts + 1, reason = $2,
            state = case when attempts + 1 >= $3 then 'failed' else state end,
            ended_at = case when attempts + 1 >= $3 then $4::timestamptz end
      where id = $1 and state in ('queued', 'running')`,
    [id, reason.slice(0, 1000), most, now],
  );
}

/** Index: jobs_unfinished. */
export async function listUnfinished(
  db: Db,
  { untouchedSince }: { untouchedSince: Date },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from jobs
      where state in ('queued', 'running') and coalesce(moved_at, created_at) <= $1
      order by id`,
    [untouchedSince],
  );
  return rows.map(({ id }) => id);
}

export interface JobFilter {
  workspaceId: number;
  kinds: string[];
  /** All jobs of these kinds, or only those that this actor began. */
  of: { kind: Actor['kind']; id: number | null };
  states: JobState[] | undefined;
  before: number | undefined;
  limit: number;
}

/** The newest first; index jobs_of_workspace. */
export async function listJobs(db: Db, filter: JobFilter): Promise<JobRow[]> {
  const { rows } = await db.query<JobRow>(
    `select ${COLUMNS} from jobs
      where workspace_id = $1 and (kind = any($2) or (actor_kind = $3 and actor_id = $4))
        and ($5::text[] is null or state = any($5)) and ($6::bigint is null or id < $6)
      order by id desc
      limit $7`,
    [
      filter.workspaceId,
      filter.kinds,
      filter.of.kind,
      filter.of.id,
      filter.states ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows;
}

export async function findJob(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<JobRow | undefined> {
  const { rows } = await db.query<JobRow>(
    `select ${COLUMNS} from jobs where id = $1 and workspace_id = $2`,
    [id, workspaceId],
  );
  return rows[0];
}

/** The job stops before its next slice; false when it has ended. */
export async function askToCancel(tx: Db, { id }: { id: number }): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update jobs set cancel_asked = true where id = $1 and state in ('queued', 'running')`,
    [id],
  );
  return rowCount === 1;
}

export async function wasAskedToCancel(db: Db, { id }: { id: number }): Promise<boolean> {
  const { rows } = await db.query<{ cancel_asked: boolean }>(
    `select cancel_asked from jobs where id = $1`,
    [id],
  );
  return rows[0]?.cancel_asked === true;
}

/** A failed job goes on where it stopped; false when it has not failed. */
export async function reopenJob(tx: Db, { id }: { id: number }): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update jobs set state = 'queued', attempts = 0, reason = null, ended_at = null
      where id = $1 and state = 'failed'`,
    [id],
  );
  return rowCount === 1;
}

export interface JobErrorRow {
  n: number;
  contact_id: number | null;
  subject: string | null;
  message: string;
}

export async function listJobErrors(
  db: Db,
  { jobId, after, limit }: { jobId: number; after: number; limit: number },
): Promise<JobErrorRow[]> {
  const { rows } = await db.query<JobErrorRow>(
    `select n, contact_id, subject, message from job_errors
      where job_id = $1 and n > $2 order by n limit $3`,
    [jobId, after, limit],
  );
  return rows;
}

/** Contacts that a job changed, by the slice after this one that changed any. */
export async function readChanges(
  db: Db,
  { jobId, after }: { jobId: number; after: number },
): Promise<{ slice: number; contact_ids: number[] } | undefined> {
  const { rows } = await db.query<{ slice: number; contact_ids: number[] }>(
    `select slice, contact_ids from job_changes
      where job_id = $1 and slice > $2 order by slice limit 1`,
    [jobId, after],
  );
  return rows[0];
}

export async function countChanges(db: Db, { jobId }: { jobId: number }): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select coalesce(sum(cardinality(contact_ids)), 0)::bigint as n from job_changes where job_id = $1`,
    [jobId],
  );
  return rows[0]?.n ?? 0;
}

/** Whether work that has not ended was asked for with this text, as JSON. Index jobs_unfinished. */
export async function isMentionedByWork(
  db: Db,
  { workspaceId, text }: { workspaceId: number; text: string },
): Promise<boolean> {
  const { rows } = await db.query(
    `select from jobs
      where state in ('queued', 'running') and workspace_id = $1 and strpos(input::text, $2) > 0
      limit 1`,
    [workspaceId, text],
  );
  return rows.length > 0;
}

/** Of these jobs, those whose changes are still known. */
export async function withChanges(db: Db, { ids }: { ids: number[] }): Promise<Set<number>> {
  const { rows } = await db.query<{ job_id: number }>(
    `select distinct job_id from job_changes where job_id = any($1)`,
    [ids],
  );
  return new Set(rows.map(({ job_id }) => job_id));
}

export async function sizeOfFile(
  db: Db,
  { jobId }: { jobId: number },
): Promise<{ rows: number; bytes: number; slices: number }> {
  const { rows } = await db.query<{ rows: number; bytes: number; slices: number }>(
    `select coalesce(sum(rows), 0)::bigint as rows, coalesce(sum(bytes), 0)::bigint as bytes, count(*) as slices
       from job_files where job_id = $1`,
    [jobId],
  );
  return rows[0]!;
}

/** The pieces of a file in their order, one in memory at a time. */
export async function* readFile(db: Db, { jobId }: { jobId: number }): AsyncGenerator<Buffer> {
  for (let after = -1; ;) {
    const { rows } = await db.query<{ slice: number; content: Buffer }>(
      `select slice, content from job_files where job_id = $1 and slice > $2 order by slice limit 1`,
      [jobId, after],
    );
    const [piece] = rows;
    if (!piece) return;
    yield piece.content;
    after = piece.slice;
  }
}

/** Jobs that can be taken back no more, of some kinds. */
export async function listFinal(
  db: Db,
  { kinds, before }: { kinds: string[]; before: Date },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from jobs where kind = any($1) and ended_at < $2`,
    [kinds, before],
  );
  return rows.map(({ id }) => id);
}

/** Files and the ways back hold personal data, or let it be guessed: they go first. */
export async function forgetJobs(
  db: Db,
  { filesBefore, jobsBefore }: { filesBefore: Date; jobsBefore: Date },
): Promise<void> {
  for (const table of ['job_files', 'job_changes', 'job_contacts']) {
    await db.query(
      `delete from ${table} where job_id in (select id from jobs where ended_at < $1)`,
      [filesBefore],
    );
  }
  await db.query(
    `delete from job_errors where job_id in (select id from jobs where ended_at < $1)`,
    [jobsBefore],
  );
  await db.query(`delete from jobs where ended_at < $1`, [jobsBefore]);
}
