import type { Db, Tx } from '../db/index.ts';
import { inNaturalOrder } from './natural-order.ts';
import type { SegmentRow } from './segment-row.ts';

/** A segment, and the text by which its name is sorted. */
type ListedSegment = SegmentRow & { name_order: string };

const SIZE = 'coalesce(kept.members, 0)';
const CHANGED_AT = 'greatest(s.updated_at, kept.changed_at)';
/** A job that broke off too often leaves its version computing, and may yet go on. */
const STATE = `case when latest.state is null or latest.state = 'ready' then 'ready'
       when latest.state = 'computing' and latest.job is distinct from 'failed' then 'computing'
       else 'failed' end`;
const COLUMNS = `s.id, s.key, s.name, s.kind, s.purpose, s.source, s.created_at, s.updated_at, s.archived_at,
  ${SIZE} as size, ${CHANGED_AT} as changed_at, s.version, ${STATE} as state`;

/** A row for each slot: at most as many as there are slots. Indexes segment_sizes_pkey, segment_versions_pkey. */
const FROM = `from segments s
  left join lateral (select v.state, j.state as job
                       from segment_versions v
                       left join jobs j on j.id = v.job_id
                      where v.segment_id = s.id
                      order by v.version desc
                      limit 1) latest on true
  left join lateral (select sum(z.members)::bigint as members, max(z.changed_at) as changed_at
                       from segment_sizes z
                      where z.segment_id = s.id) kept on true`;

export async function findSegment(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<SegmentRow | undefined> {
  const { rows } = await db.query<SegmentRow>(
    `select ${COLUMNS} ${FROM} where s.id = $2 and s.workspace_id = $1`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Keeps others from changing the segment until the transaction ends. Its members may change. */
export async function lockSegment(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<boolean> {
  const { rows } = await tx.query(
    `select from segments where id = $2 and workspace_id = $1 for update`,
    [workspaceId, id],
  );
  return rows.length > 0;
}

/** What lists of segments are sorted by. */
const SORTINGS = {
  name: { expression: inNaturalOrder('s.name_key'), type: 'text' },
  created_at: { expression: 's.created_at', type: 'timestamptz' },
  changed_at: { expression: CHANGED_AT, type: 'timestamptz' },
  size: { expression: SIZE, type: 'bigint' },
} as const;
export type SegmentSort = keyof typeof SORTINGS;

/** The last of a page: the value it was sorted by, and its ID. */
export type SegmentPosition = [value: string | number, id: number];

export interface SegmentFilter {
  workspaceId: number;
  /** A part of the name, a key, or an ID. */
  search?: string | undefined;
  kind?: SegmentRow['kind'] | undefined;
  tag?: string | undefined;
  archived?: boolean;
  sort?: SegmentSort;
  descending?: boolean;
  after?: SegmentPosition | undefined;
  /** Rows to leave out, for protocols that page by number. */
  offset?: number;
  limit: number;
}

/** A workspace has thousands at most: the names' index brings them all. */
export async function listSegments(
  db: Db,
  { after, offset = 0, limit, sort = 'name', descending = false, ...which }: SegmentFilter,
): Promise<ListedSegment[]> {
  const { expression, type } = SORTINGS[sort];
  const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const { rows } = await db.query<ListedSegment>(
    `select ${COLUMNS}, ${SORTINGS.name.expression} as name_order ${FROM}
      where ${WHICH}
        and ($6::${type} is null or (${expression}, s.id) ${beyond} ($6, $7::bigint))
      order by ${expression} ${direction}, s.id ${direction}
      offset $8
      limit $9`,
    [...valuesOf(which), after?.[0] ?? null, after?.[1] ?? null, offset, limit],
  );
  return rows;
}

/** Where a page that ends with this segment goes on. */
export function positionOf(row: ListedSegment, sort: SegmentSort): SegmentPosition {
  if (sort === 'size') return [row.size, row.id];
  return [sort === 'name' ? row.name_order : row[sort].toISOString(), row.id];
}

const WHICH = `s.workspace_id = $1
        and ($2::text is null or position($2 in s.name_key) > 0 or s.key = $2 or s.id::text = $2)
        and ($3::text is null or s.kind = $3)
        and ($4::text is null or exists (
              select from tag_links l
                join tags t on t.id = l.tag_id
               where l.object_kind = 'segment' and l.object_id = s.id and lower(t.name) = lower($4)))
        and (s.archived_at is not null) = $5`;

type Which = Pick<SegmentFilter, 'workspaceId' | 'search' | 'kind' | 'tag' | 'archived'>;

function valuesOf({ workspaceId, search, kind, tag, archived = false }: Which): unknown[] {
  return [workspaceId, search?.toLowerCase() ?? null, kind ?? null, tag ?? null, archived];
}

/** How many there are, whatever the page. Index segments_name. */
export async function countSegments(db: Db, which: Which): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from segments s where ${WHICH}`,
    valuesOf(which),
  );
  return rows[0]!.n;
}

/** How many members of a segment are kept, as written. Index segment_sizes_pkey. */
export function keptSizeSql(segmentId: string): string {
  return `(select coalesce(sum(members), 0)::bigint from segment_sizes where segment_id = ${segmentId})`;
}

/** How many members are kept, by segment, as written. Indexes segments_pkey, segment_sizes_pkey. */
export async function readSizes(
  db: Db,
  { workspaceId, segmentIds }: { workspaceId: number; segmentIds: readonly number[] },
): Promise<Map<number, number>> {
  const { rows } = await db.query<{ id: number; size: number }>(
    `select s.id, coalesce(sum(z.members), 0)::bigint as size
       from segments s
       left join segment_sizes z on z.segment_id = s.id
      where s.id = any($2) and s.workspace_id = $1
      group by s.id`,
    [workspaceId, segmentIds],
  );
  return new Map(rows.map(({ id, size }) => [id, size]));
}

/** Those that can be used. Index segments_name. */
export async function listSegmentIds(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from segments where workspace_id = $1 and archived_at is null`,
    [workspaceId],
  );
  return rows.map((row) => row.id);
}

/** What they are called, by ID as conditions write it, deleted ones too. Index segments_key. */
export async function listSegmentNames(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `select id, name from segments where workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map(({ id, name }) => [String(id), name]));
}

export interface NewSegment {
  workspaceId: number;
  key: string;
  name: string;
  nameKey: string;
  kind: SegmentRow['kind'];
  purpose: string;
  source: string;
  now: Date;
}

/** The new segments' IDs by name; a name that is taken is not among them. Index segments_name. */
export async function insertSegments(
  tx: Tx,
  { segments }: { segments: NewSegment[] },
): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ id: number; name_key: string }>(
    `insert into segments (workspace_id, key, name, name_key, kind, purpose, source, created_at, updated_at)
     select workspace_id, key, name, name_key, kind, purpose, source, now, now
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
            as new (workspace_id, key, name, name_key, kind, purpose, source, now)
         on conflict (workspace_id, name_key) where archived_at is null do nothing
     returning id, name_key`,
    [
      segments.map((row) => row.workspaceId),
      segments.map((row) => row.key),
      segments.map((row) => row.name),
      segments.map((row) => row.nameKey),
      segments.map((row) => row.kind),
      segments.map((row) => row.purpose),
      segments.map((row) => row.source),
      segments.map((row) => row.now.toISOString()),
    ],
  );
  return new Map(rows.map((row) => [row.name_key, row.id]));
}

/** IDs and kinds of the segments that have these names. Index segments_name. */
export async function findByNames(
  db: Db,
  { workspaceId, nameKeys }: { workspaceId: number; nameKeys: string[] },
): Promise<Map<string, { id: number; kind: SegmentRow['kind'] }>> {
  const { rows } = await db.query<{ id: number; kind: SegmentRow['kind']; name_key: string }>(
    `select id, kind, name_key from segments
      where workspace_id = $1 and name_key = any($2) and archived_at is null`,
    [workspaceId, nameKeys],
  );
  return new Map(rows.map(({ name_key: key, ...row }) => [key, row]));
}

/** Keys of the workspace that are these, or begin like them. Index segments_key. */
export async function takenKeys(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: string[] },
): Promise<Set<string>> {
  const { rows } = await db.query<{ key: string }>(
    `select s.key from segments s
      where s.workspace_id = $1
        and exists (select from unnest($2::text[]) as wanted (key)
                     where s.key = wanted.key or starts_with(s.key, wanted.key || '-'))`,
    [workspaceId, keys],
  );
  return new Set(rows.map((row) => row.key));
}

export interface SegmentChange {
  id: number;
  name: string;
  nameKey: string;
  purpose: string;
  archivedAt: Date | null;
  now: Date;
}

export async function updateSegment(tx: Tx, change: SegmentChange): Promise<void> {
  await tx.query(
    `update segments set name = $2, name_key = $3, purpose = $4, archived_at = $5, updated_at = $6
      where id = $1`,
    [change.id, change.name, change.nameKey, change.purpose, change.archivedAt, change.now],
  );
}
