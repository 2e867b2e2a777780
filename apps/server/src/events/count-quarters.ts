import type { Db } from '../db/index.ts';
import { readTypeIds } from './event-type-queries.ts';

const QUARTER_MS = 15 * 60_000;

interface Asked {
  workspaceId: number;
  event: string;
  from: Date;
  /** Excluded. */
  to: Date;
}

/** Events of a type by quarter of an hour (the instant at which it begins); index event_counts_pkey. */
export async function countEventQuarters(
  db: Db,
  { workspaceId, event, from, to }: Asked,
): Promise<Map<number, number>> {
  const typeId = (await readTypeIds(db, { workspaceId })).get(event);
  if (typeId === undefined) return new Map();
  const { rows } = await db.query<{ day: string; quarter: number; n: number }>(
    `select kept.day::text, q.quarter::integer, sum(q.n)::integer as n
       from event_counts kept
      cross join lateral unnest(kept.quarters) with ordinality as q (n, quarter)
      where kept.event_type_id = $1 and kept.day >= $2::date and kept.day <= $3::date and q.n <> 0
      group by kept.day, q.quarter`,
    [typeId, dayOf(from), dayOf(to)],
  );
  return new Map(
    rows
      .map(({ day, quarter, n }) => [instantOf(day, quarter), n] as const)
      .filter(([at]) => at >= from.getTime() && at < to.getTime()),
  );
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function instantOf(day: string, quarter: number): number {
  return Date.parse(`${day}T00:00:00Z`) + (quarter - 1) * QUARTER_MS;
}
