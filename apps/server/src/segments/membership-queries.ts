import type { Db, Tx } from '../db/index.ts';
import { slotOf } from '../slots/index.ts';
import type { Membership, MemberSegment } from './membership-change.ts';

export interface StoredMembership {
  contact_id: number;
  segment_id: number;
  workspace_id: number;
  member: boolean;
  entered_at: Date;
  changes_at: Date | null;
}

export const MEMBERSHIP = 'contact_id, segment_id, workspace_id, member, entered_at, changes_at';

/** Memberships of these contacts in these segments, and of `whole` contacts in all. Index memberships_pkey. */
export async function readMemberships(
  db: Db,
  {
    contactIds,
    segmentIds,
    whole,
  }: { contactIds: number[]; segmentIds: number[]; whole: number[] },
): Promise<Membership[]> {
  const { rows } = await db.query<StoredMembership>({
    name: 'read_memberships',
    text: `select ${MEMBERSHIP} from memberships
            where contact_id = any($1) and (segment_id = any($2) or contact_id = any($3))`,
    values: [contactIds, segmentIds, whole],
  });
  return rows.map(toMembership);
}

/** Memberships of these pairs. Index memberships_pkey. */
export async function readMembershipPairs(
  db: Db,
  { pairs }: { pairs: readonly { contactId: number; segmentId: number }[] },
): Promise<Membership[]> {
  if (pairs.length === 0) return [];
  const { rows } = await db.query<StoredMembership>({
    name: 'read_membership_pairs',
    text: `select m.contact_id, m.segment_id, m.workspace_id, m.member, m.entered_at, m.changes_at
             from unnest($1::bigint[], $2::bigint[]) as pair (contact_id, segment_id)
             join memberships m on m.contact_id = pair.contact_id and m.segment_id = pair.segment_id`,
    values: [pairs.map((pair) => pair.contactId), pairs.map((pair) => pair.segmentId)],
  });
  return rows.map(toMembership);
}

export function toMembership(row: StoredMembership): Membership {
  return {
    contactId: row.contact_id,
    segmentId: row.segment_id,
    workspaceId: row.workspace_id,
    member: row.member,
    enteredAt: row.entered_at.getTime(),
    changesAt: row.changes_at && row.changes_at.getTime(),
  };
}

/** All rows of a segment in some slots. Index memberships_of_slot. */
export async function readMembershipsOfSlots(
  db: Db,
  { segmentId, slots }: { segmentId: number; slots: number[] },
): Promise<Membership[]> {
  const { rows } = await db.query<StoredMembership>(
    `select ${MEMBERSHIP} from memberships
      where segment_id = $1 and slot = any($2)`,
    [segmentId, slots],
  );
  return rows.map(toMembership);
}

/** Whatever their workspace: compare it. Index segments_pkey. */
export async function readMemberSegments(
  db: Db,
  { ids }: { ids: number[] },
): Promise<Map<number, MemberSegment>> {
  const { rows } = await db.query<{
    id: number;
    workspace_id: number;
    name: string;
    kind: MemberSegment['kind'];
    archived: boolean;
  }>({
    name: 'read_member_segments',
    text: `select id, workspace_id, name, kind, archived_at is not null as archived
             from segments where id = any($1)`,
    values: [ids],
  });
  return new Map(
    rows.map(({ workspace_id: workspaceId, ...row }) => [row.id, { ...row, workspaceId }]),
  );
}

export async function writeMemberships(
  tx: Tx,
  { memberships, slots }: { memberships: Membership[]; slots: number },
): Promise<void> {
  if (memberships.length === 0) return;
  await tx.query({
    name: 'write_memberships',
    text: `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, changes_at, slot)
           select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[],
                                $5::timestamptz[], $6::timestamptz[], $7::integer[])
               on conflict on constraint memberships_pkey do update
              set member = excluded.member, entered_at = excluded.entered_at, changes_at = excluded.changes_at`,
    values: [
      memberships.map((row) => row.contactId),
      memberships.map((row) => row.segmentId),
      memberships.map((row) => row.workspaceId),
      memberships.map((row) => row.member),
      memberships.map((row) => new Date(row.enteredAt).toISOString()),
      memberships.map((row) =>
        row.changesAt === null ? null : new Date(row.changesAt).toISOString(),
      ),
      memberships.map((row) => slotOf(row.contactId, slots)),
    ],
  });
}

/**
 * Rows of contacts that have none in this segment, many at once: of one segment, entered at one
 * instant. The caller owns the contacts' slots.
 */
export async function insertMemberships(
  tx: Tx,
  { memberships, slots }: { memberships: Membership[]; slots: number },
): Promise<void> {
  const [one] = memberships;
  if (!one) return;
  await tx.query({
    name: 'insert_memberships',
    text: `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, changes_at, slot)
           select contact_id, $1::bigint, $2::bigint, member, $3::timestamptz, to_timestamp(changes_ms / 1000.0),
                  contact_id % $4::integer
             from unnest($5::bigint[], $6::boolean[], $7::bigint[]) as row (contact_id, member, changes_ms)
            order by contact_id`,
    values: [
      one.segmentId,
      one.workspaceId,
      new Date(one.enteredAt),
      slots,
      memberships.map((row) => row.contactId),
      memberships.map((row) => row.member),
      memberships.map((row) => row.changesAt),
    ],
  });
}

export async function deleteMemberships(
  tx: Tx,
  { memberships }: { memberships: Membership[] },
): Promise<void> {
  if (memberships.length === 0) return;
  await tx.query({
    name: 'delete_memberships',
    text: `delete from memberships m using unnest($1::bigint[], $2::bigint[]) as gone (contact_id, segment_id)
            where m.contact_id = gone.contact_id and m.segment_id = gone.segment_id`,
    values: [memberships.map((row) => row.contactId), memberships.map((row) => row.segmentId)],
  });
}

export interface SizeChange {
  segmentId: number;
  slot: number;
  workspaceId: number;
  by: number;
  /** How often somebody entered, and left. */
  entered: number;
  left: number;
}

/** The caller owns the slots, so no row has two writers. */
export async function changeSizes(
  tx: Tx,
  { sizes, at }: { sizes: SizeChange[]; at: number },
): Promise<void> {
  if (sizes.length === 0) return;
  await tx.query({
    name: 'change_sizes',
    text: `insert into segment_sizes (segment_id, slot, workspace_id, members, changed_at)
           select segment_id, slot, workspace_id, members, $5
             from unnest($1::bigint[], $2::integer[], $3::bigint[], $4::bigint[])
                  as row (segment_id, slot, workspace_id, members)
               on conflict on constraint segment_sizes_pkey do update
              set members = segment_sizes.members + excluded.members,
                  changed_at = greatest(segment_sizes.changed_at, excluded.changed_at)`,
    values: [
      sizes.map((row) => row.segmentId),
      sizes.map((row) => row.slot),
      sizes.map((row) => row.workspaceId),
      sizes.map((row) => row.by),
      new Date(at),
    ],
  });
  await countDay(tx, { sizes: sizes.filter(({ entered, left }) => entered + left > 0), at });
}

/** Entries and exits of a day of UTC. */
async function countDay(tx: Tx, { sizes, at }: { sizes: SizeChange[]; at: number }): Promise<void> {
  if (sizes.length === 0) return;
  await tx.query({
    name: 'count_segment_day',
    text: `insert into segment_days (segment_id, day, slot, workspace_id, entered, exited)
           select segment_id, $6::date, slot, workspace_id, entered, exited
             from unnest($1::bigint[], $2::integer[], $3::bigint[], $4::bigint[], $5::bigint[])
                  as row (segment_id, slot, workspace_id, entered, exited)
               on conflict on constraint segment_days_pkey do update
              set entered = segment_days.entered + excluded.entered,
                  exited = segment_days.exited + excluded.exited`,
    values: [
      sizes.map((row) => row.segmentId),
      sizes.map((row) => row.slot),
      sizes.map((row) => row.workspaceId),
      sizes.map((row) => row.entered),
      sizes.map((row) => row.left),
      new Date(at).toISOString().slice(0, 10),
    ],
  });
}
