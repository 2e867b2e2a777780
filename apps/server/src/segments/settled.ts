import { newStatement, type Put } from '../contacts/index.ts';
import { idArray, type Db } from '../db/index.ts';
import { readSizes } from './queries.ts';

/**
 * What time did to a segment and nobody has written down yet: contacts whose instant has passed, and
 * who are members now though their row does not say so, or the other way round.
 */
export interface SettledMoves {
  entering: number[];
  leaving: number[];
  /** As of when. */
  at: Date | null;
}

/** The same, of a segment of which something was found. */
export interface SettledSegment extends SettledMoves {
  /** Its members, with what was written when the moves were found. */
  size: number;
}

/** By segment; one that is not there stands as it is written. */
export type Settled = ReadonlyMap<number, SettledSegment>;

/**
 * Rooms to the right evaluate. Asked of segments that were checked to be of the workspace; of these
 * contacts only, where they are given.
 */
export type Settle = (
  db: Db,
  of: {
    workspaceId: number;
    segmentIds: number[];
    contactIds?: number[] | undefined;
    now: Date;
  },
) => Promise<Settled>;

export const NOTHING_SETTLED: SettledMoves = { entering: [], leaving: [], at: null };

/** How many members one segment has as of now, asked after it was settled. */
export async function sizeAsOf(
  db: Db,
  {
    segmentId,
    ...asked
  }: {
    workspaceId: number;
    segmentId: number;
    settled: Settled;
  },
): Promise<number> {
  return (await sizesAsOf(db, { ...asked, segmentIds: [segmentId] })).get(segmentId)!;
}

/**
 * How many members segments have as of now. Asked after they were settled: what is written in
 * between is in the kept size then, and in no moves.
 */
export async function sizesAsOf(
  db: Db,
  {
    settled,
    segmentIds,
    ...asked
  }: { workspaceId: number; segmentIds: readonly number[]; settled: Settled },
): Promise<Map<number, number>> {
  const quiet = segmentIds.filter((id) => !settled.has(id));
  const sizes = quiet.length === 0 ? [] : await readSizes(db, { ...asked, segmentIds: quiet });
  return new Map([...sizes, ...[...settled].map(([id, { size }]) => [id, size] as const)]);
}

interface DueAsked {
  workspaceId: number;
  contactIds?: number[] | undefined;
  slots: readonly number[];
  now: Date;
}

/** A segment some of whose rows' instants have passed. */
export interface DueSegment {
  segmentId: number;
  /** Null when they are more than was asked for. */
  contactIds: number[] | null;
}

/**
 * Whose rows' instants have passed, where they are at most `most` of a segment. They are counted
 * first: after a midnight a million would be put together for nobody.
 */
export async function readDueSegments(
  db: Db,
  { most, ...asked }: DueAsked & { segmentIds: number[]; most: number },
): Promise<DueSegment[]> {
  if (asked.segmentIds.length === 0) return [];
  const { put, values } = newStatement();
  const due = isDue(put, asked);
  const { rows } = await db.query<{ segment_id: number; contact_ids: number[] | null }>(
    `with sizes as materialized (
       select segment_id, count(*) as n from memberships where ${due} group by segment_id
     )
     select segment_id, null as contact_ids from sizes where n > ${put(most)}
      union all
     select segment_id, json_agg(contact_id) as contact_ids
       from memberships
      where ${due} and segment_id in (select segment_id from sizes where n <= ${put(most)})
      group by segment_id`,
    values,
  );
  return rows.map((row) => ({ segmentId: row.segment_id, contactIds: row.contact_ids }));
}

/**
 * Rows `(contact_id, member)` of who may stand otherwise now than their row says: where its instant
 * has passed, and these `others`, with or without a row.
 */
export function openSql(
  put: Put,
  { segmentId, others, ...asked }: DueAsked & { segmentId: number; others: number[] },
): string {
  const due = `select contact_id, member from memberships
      where ${isDue(put, { ...asked, segmentIds: [segmentId] })}`;
  if (others.length === 0) return due;
  return `${due}
      union all
     select o.contact_id, coalesce(m.member, false)
       from unnest(${put(idArray(others), 'bigint[]')}) as o (contact_id)
       left join memberships m on m.contact_id = o.contact_id and m.segment_id = ${put(segmentId)}
      where coalesce(m.changes_at > ${put(asked.now)}, true)`;
}

/** Index memberships_due, a step for each slot; memberships_pkey. */
function isDue(
  put: Put,
  { workspaceId, segmentIds, contactIds, slots, now }: DueAsked & { segmentIds: number[] },
): string {
  return [
    ...(contactIds ? [`contact_id = any(${put(contactIds, 'bigint[]')})`] : []),
    `slot = any(${put([...slots], 'integer[]')})`,
    `changes_at <= ${put(now)}`,
    `segment_id = any(${put(segmentIds, 'bigint[]')})`,
    `workspace_id = ${put(workspaceId)}`,
  ].join(' and ');
}
