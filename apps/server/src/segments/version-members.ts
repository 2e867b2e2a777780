import type { Tx } from '../db/index.ts';
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
