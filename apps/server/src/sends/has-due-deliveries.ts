import type { Db } from '../db/index.ts';

/** Told when deliveries were planned, or are due again. */
export const SENDS_CHANNEL = 'perennial_sends';

/**
 * Whether senders have something to do now. Index deliveries_due, a look for each slot and lane. The
 * first in the index's order: for `exists` alone all deliveries there ever were may be read.
 */
export async function hasDueDeliveries(
  db: Db,
  { slots, now }: { slots: number; now: Date },
): Promise<boolean> {
  const { rows } = await db.query<{ due: boolean }>({
    name: 'has_due_deliveries',
    text: `select (select slot from deliveries
                     where slot = any($1::integer[]) and lane = any('{0,1}'::smallint[])
                       and due_at <= $2 and due_at is not null
                     order by slot, lane, due_at limit 1) is not null as due`,
    values: [Array.from({ length: slots }, (_, slot) => slot), now],
  });
  return rows[0]!.due;
}
