import type { Db } from '../db/index.ts';

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
  /** Rows to leave out, for protocols that page by number. */
  offset?: number;
  limit: number;
}

/**
 * Members of a segment, which was checked to be of the workspace. Deleted contacts are none.
 * Indexes memberships_by_entry, memberships_of_segment.
 */
export async function membersOf(
  db: Db,
  { segmentId, order, descending, after, among, enteredBy, offset = 0, limit }: MemberFilter,
): Promise<MemberRow[]> {
  const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const [position, sorted] =
    order === 'entered_at'
      ? [
          `(entered_at, contact_id) ${beyond} ($2::timestamptz, $3::bigint)`,
          `entered_at ${direction}, contact_id ${direction}`,
        ]
      : [
          `contact_id ${beyond} $3::bigint and $2::timestamptz is not null`,
          `contact_id ${direction}`,
        ];
  const { rows } = await db.query<MemberRow>(
    `select contact_id, entered_at from memberships
      where segment_id = $1 and member
        and ${after ? position : '$2::timestamptz is null and $3::bigint is null'}
        and ${among ? 'contact_id = any($4)' : '$4::bigint[] is null'}
        and ${enteredBy ? 'entered_at <= $5' : '$5::timestamptz is null'}
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
    ],
  );
  return rows;
}

/** How many had entered by then, and are still there. Index memberships_of_segment. */
export async function countMembers(
  db: Db,
  { segmentId, enteredBy }: { segmentId: number; enteredBy: Date },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from memberships where segment_id = $1 and member and entered_at <= $2`,
    [segmentId, enteredBy],
  );
  return rows[0]!.n;
}

/** How many of these contacts are members. Index memberships_pkey. */
export async function countMembersAmong(
  db: Db,
  { segmentId, among }: { segmentId: number; among: number[] },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from memberships
      where contact_id = any($2) and segment_id = $1 and member`,
    [segmentId, among],
  );
  return rows[0]!.n;
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
  { workspaceId, contactIds }: { workspaceId: number; contactIds: number[] },
): Promise<SegmentOfContact[]> {
  const { rows } = await db.query<SegmentOfContact>(
    `select m.contact_id, s.id, s.key, s.name, s.kind, m.entered_at, m.changes_at as next_change_at
       from memberships m
       join segments s on s.id = m.segment_id
      where m.contact_id = any($2) and m.workspace_id = $1 and m.member and s.archived_at is null
      order by m.contact_id, s.name_key`,
    [workspaceId, contactIds],
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
