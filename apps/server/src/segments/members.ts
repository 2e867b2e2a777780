import { idArray, type Db } from '../db/index.ts';
import { inNaturalOrder } from './natural-order.ts';
import { NOTHING_SETTLED, type SettledMoves } from './settled.ts';

export interface MemberRow {
  contact_id: number;
  entered_at: Date;
}

export interface MemberFilter {
  segmentId: number;
  /** By when they entered, or as contacts were created. */
  order: 'entered_at' | 'contact';
  descending: boolean;
  /** The last of a page. */
  after?: MemberRow | undefined;
  /** Only these contacts. */
  among?: number[] | undefined;
  /** Only who had entered by then. */
  enteredBy?: Date;
  /** What time did to the segment since its rows were written. */
  settled?: SettledMoves | undefined;
  /** Rows to leave out, for protocols that page by number. */
  offset?: number;
  limit: number;
}

/**
 * Members of a segment, which was checked to be of the workspace. Deleted contacts are none. Who
 * entered by time, unwritten yet, did so at the instant that its row foresaw, or, where another
 * segment's members are why, now.
 * Indexes memberships_by_entry, memberships_of_segment; memberships_pkey.
 */
export async function membersOf(db: Db, filter: MemberFilter): Promise<MemberRow[]> {
  const { segmentId, order, descending, after, among, enteredBy, offset = 0, limit } = filter;
  const { entering, leaving, at } = filter.settled ?? NOTHING_SETTLED;
  const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const sorted = [...(order === 'entered_at' ? ['entered_at'] : []), 'contact_id']
    .map((column) => `${column} ${direction}`)
    .join(', ');
  const which = (enteredAt: string): string => {
    const position =
      order === 'entered_at'
        ? `(${enteredAt}, contact_id) ${beyond} ($2::timestamptz, $3::bigint)`
        : `contact_id ${beyond} $3::bigint and $2::timestamptz is not null`;
    return `segment_id = $1
            and ${after ? position : '$2::timestamptz is null and $3::bigint is null'}
            and ${among ? 'contact_id = any($4)' : '$4::bigint[] is null'}
            and ${enteredBy ? `${enteredAt} <= $5` : '$5::timestamptz is null'}`;
  };
  const { rows } = await db.query<MemberRow>(
    `select contact_id, entered_at
       from ((select contact_id, entered_at from memberships
               where ${which('entered_at')} and member and contact_id <> all($8)
               order by ${sorted}
               limit $6::bigint + $7)
             union all
             (select contact_id, entered_at
                from (select e.contact_id, $1::bigint as segment_id,
                             coalesce(m.changes_at, m.entered_at, $10) as entered_at
                        from unnest($9::bigint[]) as e (contact_id)
                        left join memberships m on m.contact_id = e.contact_id and m.segment_id = $1) entering
               where ${which('entered_at')}
               order by ${sorted}
               limit $6::bigint + $7)) members
      order by ${sorted}
      offset $6
      limit $7`,
    [
      segmentId,
      after?.entered_at ?? null,
      after?.contact_id ?? null,
      among ?? null,
      enteredBy ?? null,
      offset,
      limit,
      idArray(leaving),
      idArray(entering),
      at,
    ],
  );
  return rows;
}

/** How many had entered by then, and are still there. Index memberships_of_segment. */
export async function countMembers(
  db: Db,
  {
    segmentId,
    enteredBy,
    settled = NOTHING_SETTLED,
  }: { segmentId: number; enteredBy: Date; settled?: SettledMoves | undefined },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from memberships where segment_id = $1 and member and entered_at <= $2`,
    [segmentId, enteredBy],
  );
  return rows[0]!.n + settled.entering.length - settled.leaving.length;
}

/** How many of these contacts are members. Index memberships_pkey. */
export async function countMembersAmong(
  db: Db,
  {
    segmentId,
    among,
    settled: { entering, leaving } = NOTHING_SETTLED,
  }: { segmentId: number; among: number[]; settled?: SettledMoves | undefined },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from memberships
      where contact_id = any($2) and segment_id = $1 and member and contact_id <> all($3)`,
    [segmentId, among, idArray(leaving)],
  );
  const wanted = new Set(among);
  return rows[0]!.n + entering.filter((id) => wanted.has(id)).length;
}

export interface SegmentOfContact {
  contact_id: number;
  id: number;
  key: string;
  name: string;
  kind: 'list' | 'dynamic';
  entered_at: Date;
  /** When time alone may end it. */
  next_change_at: Date | null;
}

/** What contacts are in, by name. Index memberships_pkey. */
export async function segmentsOfContacts(
  db: Db,
  {
    workspaceId,
    contactIds,
    settled: { entering, leaving, at } = NOTHING_SETTLED,
  }: {
    workspaceId: number;
    contactIds: number[];
    /** Of one contact, the segments that time let it enter and leave, unwritten yet. */
    settled?: SettledMoves;
  },
): Promise<SegmentOfContact[]> {
  const { rows } = await db.query<SegmentOfContact>(
    `select m.contact_id, s.id, s.key, s.name, s.kind,
            case when m.member then m.entered_at else m.changes_at end as entered_at,
            case when m.member then m.changes_at end as next_change_at
       from (select contact_id, segment_id, member, entered_at, changes_at from memberships
              where contact_id = any($2) and workspace_id = $1
              union all
             select contact_id, segment_id, false, null, $5::timestamptz
               from unnest($2::bigint[]) as c (contact_id), unnest($4::bigint[]) as e (segment_id)
              where not exists (select from memberships r
                                 where r.contact_id = c.contact_id and r.segment_id = e.segment_id)) m
       join segments s on s.id = m.segment_id
      where s.archived_at is null and (m.member and s.id <> all($3) or s.id = any($4))
      order by m.contact_id, ${inNaturalOrder('s.name_key')}, s.id`,
    [workspaceId, contactIds, leaving, entering, at],
  );
  return rows;
}

/** Since when these contacts are in these segments, as epoch milliseconds. Index memberships_pkey. */
export async function readEntries(
  db: Db,
  { contactIds, segmentIds }: { contactIds: number[]; segmentIds: number[] },
): Promise<Map<number, Map<string, number>>> {
  const { rows } = await db.query<{ contact_id: number; segment_id: number; entered_at: Date }>({
    name: 'read_entries',
    text: `select m.contact_id, m.segment_id, m.entered_at
             from memberships m
             join segments s on s.id = m.segment_id
            where m.contact_id = any($1) and m.segment_id = any($2) and m.member
              and s.workspace_id = m.workspace_id and s.archived_at is null`,
    values: [contactIds, segmentIds],
  });
  const entries = new Map<number, Map<string, number>>();
  for (const { contact_id: contactId, segment_id: id, entered_at: at } of rows) {
    const own = entries.get(contactId) ?? new Map<string, number>();
    entries.set(contactId, own.set(String(id), at.getTime()));
  }
  return entries;
}

/**
 * Members by pieces of this size, each as the database writes an array, but for `leaving`.
 * Index memberships_of_segment.
 */
export async function membersInPieces(
  db: Db,
  { segmentId, size, leaving }: { segmentId: number; size: number; leaving: readonly number[] },
): Promise<{ n: number; contact_ids: string }[]> {
  const { rows } = await db.query<{ n: number; contact_ids: string }>(
    `select count(*)::integer as n, array_agg(contact_id)::text as contact_ids
       from (select contact_id, (row_number() over (order by contact_id) - 1) / $2::integer as piece
               from memberships
              where segment_id = $1 and member and contact_id <> all($3)) members
      group by piece
      order by piece`,
    [segmentId, size, leaving],
  );
  return rows;
}

/** What is written down of one contact in one segment. Index memberships_pkey. */
export async function readKeptMember(
  db: Db,
  { segmentId, contactId }: { segmentId: number; contactId: number },
): Promise<{ member: boolean; entered_at: Date; changes_at: Date | null } | undefined> {
  const { rows } = await db.query<{ member: boolean; entered_at: Date; changes_at: Date | null }>(
    `select member, entered_at, changes_at from memberships
      where contact_id = $2 and segment_id = $1`,
    [segmentId, contactId],
  );
  return rows[0];
}
