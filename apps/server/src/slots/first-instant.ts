import type { Db } from '../db/pool.ts';

/** Instants later than the one and not later than the other. */
export interface InstantRange {
  slots: number[];
  after: Date;
  before: Date;
}

/**
 * The first instant of these slots' rows within a range. An index of slot and instant answers it by
 * one look a slot, also where a million rows share their instant, all of which "min" would read.
 */
export async function firstInstant(
  db: Db,
  {
    table,
    column,
    only = 'true',
    slots,
    after,
    before,
  }: InstantRange & { table: string; column: string; only?: string },
): Promise<number | undefined> {
  const { rows } = await db.query<{ at: Date | null }>({
    name: `first_instant_of_${table}`,
    text: `select min(first.at) as at
             from unnest($1::integer[]) as mine (slot)
            cross join lateral (select t.${column} as at from ${table} t
                                 where t.slot = mine.slot and t.${column} > $2 and t.${column} <= $3 and ${only}
                                 order by t.${column}
                                 limit 1) first`,
    values: [slots, after, before],
  });
  return rows[0]?.at?.getTime();
}
