import type { Db } from '../db/index.ts';

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

/** By segment; one that is not there stands as it is written. */
export type Settled = ReadonlyMap<number, SettledMoves>;

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

/** How much greater a segment is than its kept size says. */
export function growthOf({ entering, leaving }: SettledMoves = NOTHING_SETTLED): number {
  return entering.length - leaving.length;
}

export interface DueRow {
  segment_id: number;
  contact_id: number;
  member: boolean;
}

interface DueAsked {
  workspaceId: number;
  segmentIds: number[];
  contactIds?: number[] | undefined;
  slots: number;
  now: Date;
}

/** Rows whose instant has passed. Index memberships_due, a step for each slot; memberships_pkey. */
export async function readDueRows(
  db: Db,
  { workspaceId, segmentIds, contactIds, slots, now }: DueAsked,
): Promise<DueRow[]> {
  if (segmentIds.length === 0) return [];
  const all = Array.from({ length: slots }, (_, slot) => slot);
  const { rows } = await db.query<DueRow>(
    `select segment_id, contact_id, member from memberships
      where ${contactIds ? 'contact_id' : 'slot'} = any($1)
        and changes_at <= $2 and segment_id = any($3) and workspace_id = $4`,
    [contactIds ?? all, now, segmentIds, workspaceId],
  );
  return rows;
}

/** Whether these contacts are members as it is written. Index memberships_pkey. */
export async function readKept(
  db: Db,
  { segmentId, contactIds }: { segmentId: number; contactIds: number[] },
): Promise<Set<number>> {
  const { rows } = await db.query<{ contact_id: number }>(
    `select contact_id from memberships where contact_id = any($2) and segment_id = $1 and member`,
    [segmentId, contactIds],
  );
  return new Set(rows.map((row) => row.contact_id));
}
