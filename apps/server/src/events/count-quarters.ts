import type { Db } from '../db/index.ts';
import { readTypeIds } from './event-type-queries.ts';

/** Events of a type by quarter of an hour (the instant at which it begins); index event_counts_pkey. */
export async function countEventQuarters(
  db: Db,
  {
    workspaceId,
    event,
    from,
    to,
  }: { workspaceId: number; event: string; from: Date; /** Excluded. */ to: Date },
): Promise<Map<number, number>> {
  const typeId = (await readTypeIds(db, { workspaceId })).get(event);
  if (typeId === undefined) return new Map();
  const { rows } = await db.query<{ at: Date; n: number }>(
    `select piece.at, sum(piece.n)::integer as n
       from event_counts kept
      cross join lateral (
        select kept.day::timestamp at time zone 'UTC' + (quarter - 1) * interval '15 minutes' as at, n
          from unnest(kept.quarters) with ordinality as q (n, quarter)
         where n <> 0) piece
      where kept.event_type_id = $1
        and kept.day >= ($2::timestamptz at time zone 'UTC')::date and kept.day <= ($3::timestamptz at time zone 'UTC')::date
        and piece.at >= $2 and piece.at < $3
      group by piece.at`,
    [typeId, from, to],
  );
  return new Map(rows.map(({ at, n }) => [at.getTime(), n]));
}
