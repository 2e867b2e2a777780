import { forgetCounts } from '../contacts/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { countFacts, NO_SLOT } from './count-facts.ts';
import { dropSumsOfType } from './kept/kept-sums.ts';
import { dropKeptType } from './kept/kept-types.ts';

/** Whether anything that arrived by then is not applied yet. */
export async function isWaiting(
  db: Db,
  { workspaceId, by }: { workspaceId: number; by: Date },
): Promise<boolean> {
  const { rows } = await db.query<{ waiting: boolean }>(
    `select exists (select from inbox where workspace_id = $1 and received_at <= $2)
         or exists (select from slot_queue where received_at <= $2) as waiting`,
    [workspaceId, by],
  );
  return rows[0]!.waiting;
}

/** Merges of the workspace that were made or undone so far: each moved rows. */
export async function countMerges(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(applied_at) + count(undone_at) as n from merges where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.n ?? 0;
}

/** Some of a type's events. */
export interface EventRange {
  typeId: number;
  /** From included, to excluded; null: without a bound. */
  from: Date | null;
  to: Date | null;
}

/** The instant before which `limit` or more of them lie; null if there are fewer. Index events_by_type. */
export async function findSliceEnd(
  db: Db,
  { typeId, from, to, limit }: EventRange & { limit: number },
): Promise<Date | null> {
  const { rows } = await db.query<{ end: Date }>(
    `select occurred_at + interval '1 millisecond' as end from events
      where event_type_id = $1
        and occurred_at >= coalesce($2, '-infinity'::timestamptz)
        and occurred_at < coalesce($3, 'infinity'::timestamptz)
      order by occurred_at
      limit 1 offset $4`,
    [typeId, from, to, limit - 1],
  );
  return rows[0]?.end ?? null;
}

/**
 * Those with this flag (0: all) that had arrived by then, which count no more; index events_by_type.
 */
export async function deleteEvents(
  tx: Tx,
  { typeId, from, to, flag, by, now }: EventRange & { flag: number; by: Date | null; now: Date },
): Promise<number> {
  await dropSumsOfType(tx, { typeId });
  const { rows } = await tx.query<{ contact_id: number; occurred_at: Date }>(
    `delete from events
      where event_type_id = $1
        and occurred_at >= coalesce($2, '-infinity'::timestamptz)
        and occurred_at < coalesce($3, 'infinity'::timestamptz)
        and (flags & $4) = $4
        and received_at <= coalesce($5, 'infinity'::timestamptz)
     returning contact_id, occurred_at`,
    [typeId, from, to, flag, by],
  );
  const facts = rows.map((row) => ({ typeId, occurredAt: row.occurred_at.getTime() }));
  await countFacts(tx, { facts, slot: NO_SLOT, times: -1 });
  const contacts = new Set(rows.map((row) => row.contact_id));
  // Of some it would have to be read anew while others are being deleted.
  if (rows.length > 0) await dropKeptType(tx, { typeId, now });
  await forgetCounts(tx, { ids: [...contacts].filter((id) => id !== 0) });
  return rows.length;
}

/** Looked at before the count is only known to be at least so much. */
export const MOST_COUNTED = 200_000;

/** How many of a type's events there are with this flag; index events_by_type. */
export async function countRange(
  db: Db,
  { typeId, from, to, flag }: EventRange & { flag: number },
): Promise<{ count: number; exact: boolean }> {
  const { rows } = await db.query<{ n: number; seen: number }>(
    `select count(*) filter (where (flags & $4) = $4) as n, count(*) as seen
       from (select flags from events
              where event_type_id = $1
                and occurred_at >= coalesce($2, '-infinity'::timestamptz)
                and occurred_at < coalesce($3, 'infinity'::timestamptz)
              order by occurred_at
              limit $5) ranged`,
    [typeId, from, to, flag, MOST_COUNTED],
  );
  const { n, seen } = rows[0]!;
  return { count: n, exact: seen < MOST_COUNTED };
}
