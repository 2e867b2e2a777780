import type { Db } from '../db/index.ts';

/** Types and days whose count is not that of the stored events; types that are gone left out. */
export async function miscounted(
  db: Db,
): Promise<{ key: string; day: string; counted: number; stored: number }[]> {
  const { rows } = await db.query<{ key: string; day: string; counted: number; stored: number }>(
    `with counted as (select event_type_id, day,
                             sum((select sum(n) from unnest(quarters) as n))::int as n
                        from event_counts group by 1, 2),
          stored as (select event_type_id, (occurred_at at time zone 'UTC')::date as day, count(*)::int as n
                       from events group by 1, 2)
     select t.key, day::text, coalesce(counted.n, 0) as counted, coalesce(stored.n, 0) as stored
       from counted full join stored using (event_type_id, day)
       join event_types t on t.id = event_type_id
      where coalesce(counted.n, 0) <> coalesce(stored.n, 0)
      order by 1, 2`,
  );
  return rows;
}
