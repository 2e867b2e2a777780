import type { Db, Tx } from '../db/index.ts';
import { slotOf } from '../slots/index.ts';

/** What is known of a contact and a version of a segment whose computation has not ended. */
export interface VersionMember {
  contactId: number;
  segmentId: number;
  version: number;
  workspaceId: number;
  member: boolean;
  /** Epoch milliseconds; of who is no member, of the last change. */
  enteredAt: number;
  changesAt: number | null;
}

/** Of these contacts, what is known of these segments' versions. Index version_members_pkey. */
export async function readVersionMembers(
  db: Db,
  { contactIds, segmentIds }: { contactIds: number[]; segmentIds: number[] },
): Promise<VersionMember[]> {
  if (contactIds.length === 0 || segmentIds.length === 0) return [];
  const { rows } = await db.query<{
    contact_id: number;
    segment_id: number;
    version: number;
    workspace_id: number;
    member: boolean;
    entered_at: Date;
    changes_at: Date | null;
  }>({
    name: 'read_version_members',
    text: `select contact_id, segment_id, version, workspace_id, member, entered_at, changes_at
             from version_members
            where contact_id = any($1) and segment_id = any($2)`,
    values: [contactIds, segmentIds],
  });
  return rows.map((row) => ({
    contactId: row.contact_id,
    segmentId: row.segment_id,
    version: row.version,
    workspaceId: row.workspace_id,
    member: row.member,
    enteredAt: row.entered_at.getTime(),
    changesAt: row.changes_at && row.changes_at.getTime(),
  }));
}

/** The caller owns the contacts' slots. */
export async function writeVersionMembers(
  tx: Tx,
  { members, slots }: { members: VersionMember[]; slots: number },
): Promise<void> {
  if (members.length === 0) return;
  await tx.query({
    name: 'write_version_members',
    text: `insert into version_members (contact_id, segment_id, version, workspace_id, member, entered_at, changes_at, slot)
           select * from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::boolean[],
                                $6::timestamptz[], $7::timestamptz[], $8::integer[])
               on conflict on constraint version_members_pkey do update
              set member = excluded.member, entered_at = excluded.entered_at, changes_at = excluded.changes_at`,
    values: [
      members.map((row) => row.contactId),
      members.map((row) => row.segmentId),
      members.map((row) => row.version),
      members.map((row) => row.workspaceId),
      members.map((row) => row.member),
      members.map((row) => new Date(row.enteredAt).toISOString()),
      members.map(({ changesAt }) =>
        changesAt === null ? null : new Date(changesAt).toISOString(),
      ),
      members.map((row) => slotOf(row.contactId, slots)),
    ],
  });
}
