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
    `insert into version_answers (segment_id, version, slot, contact_ids, members, changes_at)
     select $1, $2, slot, contact_ids::bigint[], members::boolean[], changes_at::timestamptz[]
       from unnest($3::integer[], $4::text[], $5::text[], $6::text[])
            as row (slot, contact_ids, members, changes_at)`,
    [
      segmentId,
      version,
      answers.map((row) => row.slot),
      answers.map((row) => row.contact_ids),
      answers.map((row) => row.members),
      answers.map((row) => row.changes_at),
    ],
  );
}

/** Index version_answers_pkey. */
export async function readAnswers(
  db: Db,
  { segmentId, version, slot }: Which & { slot: number },
): Promise<Answer[]> {
  const { rows } = await db.query<{ id: number; member: boolean; changes_at: Date | null }>(
    `select answer.id, answer.member, answer.changes_at
       from version_answers,
            unnest(contact_ids, members, changes_at) as answer (id, member, changes_at)
      where segment_id = $1 and version = $2 and slot = $3`,
    [segmentId, version, slot],
  );
  return rows.map(({ id, member, changes_at: at }) => ({
    contactId: id,
    member,
    changesAt: at && at.getTime(),
  }));
}

export async function forgetAnswers(tx: Tx, { segmentId, version }: Which): Promise<void> {
  await tx.query(`delete from version_answers where segment_id = $1 and version = $2`, [
    segmentId,
    version,
  ]);
}

/** What live evaluation knows of a version in one slot. Index version_members_of_segment. */
export async function readLiveAnswers(
  db: Db,
  { segmentId, version, slot }: Which & { slot: number },
): Promise<Answer[]> {
  const { rows } = await db.query<{ contact_id: number; member: boolean; changes_at: Date | null }>(
    `select contact_id, member, changes_at from version_members
      where segment_id = $1 and version = $2 and slot = $3`,
    [segmentId, version, slot],
  );
  return rows.map(({ contact_id: contactId, member, changes_at: at }) => ({
    contactId,
    member,
    changesAt: at && at.getTime(),
  }));
}

/** Of one slot, or of all. Index version_members_of_segment. */
export async function forgetLiveAnswers(
  tx: Tx,
  { segmentId, version, slot }: Which & { slot?: number },
): Promise<void> {
  await tx.query(
    `delete from version_members
      where segment_id = $1 and version = $2 and ($3::integer is null or slot = $3)`,
    [segmentId, version, slot ?? null],
  );
}
