import type { Db, Tx } from '../db/index.ts';

/** What one snapshot answered for the contacts of a slot; arrays as the database writes them. */
export interface SlotAnswers {
  slot: number;
  n: number;
  contact_ids: string;
  members: string;
  changes_at: string;
}

/** An answer for one contact; `changesAt` in epoch milliseconds, null for never. */
export interface Answer {
  contactId: number;
  member: boolean;
  changesAt: number | null;
}

interface Which {
  segmentId: number;
  version: number;
}

/** Puts the answers of a version in the place of those that an earlier try left. */
export async function saveAnswers(
  tx: Tx,
  { segmentId, version, answers }: Which & { answers: SlotAnswers[] },
): Promise<void> {
  await forgetAnswers(tx, { segmentId, version });
  await tx.query(
    `insert into version_answers (segment_id, version, slot, n, contact_ids, members, changes_at)
     select $1, $2, slot, n, contact_ids::bigint[], members::boolean[], changes_at::timestamptz[]
       from unnest($3::integer[], $4::integer[], $5::text[], $6::text[], $7::text[])
            as row (slot, n, contact_ids, members, changes_at)`,
    [
      segmentId,
      version,
      answers.map((row) => row.slot),
      answers.map((row) => row.n),
      answers.map((row) => row.contact_ids),
      answers.map((row) => row.members),
      answers.map((row) => row.changes_at),
    ],
  );
}

interface Slots {
  workspaceId: number;
  slots: number[];
}

interface StoredAnswer {
  contact_id: number;
  member: boolean;
  changes_ms: number | null;
}

function toAnswer({ contact_id, member, changes_ms }: StoredAnswer): Answer {
  return { contactId: contact_id, member, changesAt: changes_ms };
}

/** As whole milliseconds, never later: to be asked too early is harmless. */
const changesMs = (at: string): string => `floor(extract(epoch from ${at}) * 1000)::bigint`;

/** Of the contacts that are still there. Indexes version_answers_pkey, contacts_pkey. */
export async function readAnswers(
  db: Db,
  { segmentId, version, slots, workspaceId }: Which & Slots,
): Promise<Answer[]> {
  const { rows } = await db.query<StoredAnswer>(
    `select answer.id as contact_id, answer.member, ${changesMs('answer.changes_at')} as changes_ms
       from version_answers asked,
            unnest(asked.contact_ids, asked.members, asked.changes_at)
              as answer (id, member, changes_at)
       join contacts c on c.id = answer.id
      where asked.segment_id = $1 and asked.version = $2 and asked.slot = any($3)
        and c.workspace_id = $4 and c.deleted_at is null`,
    [segmentId, version, slots, workspaceId],
  );
  return rows.map(toAnswer);
}

export async function forgetAnswers(tx: Tx, { segmentId, version }: Which): Promise<void> {
  await tx.query(`delete from version_answers where segment_id = $1 and version = $2`, [
    segmentId,
    version,
  ]);
}

/**
 * What live evaluation knows of a version in some slots, of the contacts that are still there.
 * Indexes version_members_of_segment, contacts_pkey.
 */
export async function readLiveAnswers(
  db: Db,
  { segmentId, version, slots, workspaceId }: Which & Slots,
): Promise<Answer[]> {
  const { rows } = await db.query<StoredAnswer>(
    `select m.contact_id, m.member, ${changesMs('m.changes_at')} as changes_ms
       from version_members m
       join contacts c on c.id = m.contact_id
      where m.segment_id = $1 and m.version = $2 and m.slot = any($3)
        and c.workspace_id = $4 and c.deleted_at is null`,
    [segmentId, version, slots, workspaceId],
  );
  return rows.map(toAnswer);
}

/** Of some slots, or of all. Index version_members_of_segment. */
export async function forgetLiveAnswers(
  tx: Tx,
  { segmentId, version, slots }: Which & { slots?: number[] },
): Promise<void> {
  await tx.query(
    `delete from version_members
      where segment_id = $1 and version = $2 and ($3::integer[] is null or slot = any($3))`,
    [segmentId, version, slots ?? null],
  );
}
