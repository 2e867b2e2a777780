import type { Db, Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';

/** What a job changed of a contact. */
export interface EarlierValue {
  contactId: number;
  workspaceId: number;
  jobId: number;
  subject: EarlierSubject;
  /** Null: nothing had ever been set. */
  before: Json;
  after: Json;
}

/** A field by its key in the segment language, or a choice by the ID of its category. */
export type EarlierSubject = `field:${string}` | `category:${number}`;

/** Index earlier_values_pkey. By `earlierKey`. */
export async function loadEarlierValues(
  tx: Tx,
  { contactIds, jobIds }: { contactIds: number[]; jobIds: number[] },
): Promise<Map<string, EarlierValue[]>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await tx.query<EarlierValue>({
    name: 'load_earlier_values',
    text: `select contact_id as "contactId", workspace_id as "workspaceId", job_id as "jobId",
                  subject, before, after
             from earlier_values
            where contact_id = any($1::bigint[]) and job_id = any($2::bigint[])`,
    values: [contactIds, jobIds],
  });
  return Map.groupBy(rows, earlierKey);
}

export function earlierKey({ contactId, jobId }: { contactId: number; jobId: number }): string {
  return `${contactId} ${jobId}`;
}

/** What one job changes twice keeps what was there before the first time. */
export async function saveEarlierValues(
  tx: Tx,
  { earlier }: { earlier: readonly EarlierValue[] },
): Promise<void> {
  if (earlier.length === 0) return;
  const rows = [...Map.groupBy(earlier, (row) => `${earlierKey(row)} ${row.subject}`).values()].map(
    (same) => ({ ...same[0]!, after: same.at(-1)!.after }),
  );
  await tx.query({
    name: 'save_earlier_values',
    text: `insert into earlier_values (contact_id, workspace_id, job_id, subject, before, after)
           select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::jsonb[], $6::jsonb[])
               on conflict on constraint earlier_values_pkey do update set after = excluded.after`,
    values: [
      rows.map((row) => row.contactId),
      rows.map((row) => row.workspaceId),
      rows.map((row) => row.jobId),
      rows.map((row) => row.subject),
      rows.map((row) => (row.before === null ? null : JSON.stringify(row.before))),
      rows.map((row) => JSON.stringify(row.after)),
    ],
  });
}

/** What was taken back. Index earlier_values_pkey. */
export async function dropEarlierValues(
  tx: Tx,
  { takenBack }: { takenBack: readonly EarlierValue[] },
): Promise<void> {
  if (takenBack.length === 0) return;
  await tx.query({
    name: 'drop_earlier_values',
    text: `delete from earlier_values e
            using unnest($1::bigint[], $2::bigint[], $3::text[]) as gone (contact_id, job_id, subject)
            where e.contact_id = gone.contact_id and e.job_id = gone.job_id and e.subject = gone.subject`,
    values: [
      takenBack.map((row) => row.contactId),
      takenBack.map((row) => row.jobId),
      takenBack.map((row) => row.subject),
    ],
  });
}

/** Of jobs that can be taken back no more. Index earlier_values_of_job. */
export async function forgetEarlierValues(db: Db, { jobIds }: { jobIds: number[] }): Promise<void> {
  if (jobIds.length === 0) return;
  await db.query(`delete from earlier_values where job_id = any($1)`, [jobIds]);
}
