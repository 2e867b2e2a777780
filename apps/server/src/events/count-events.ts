import { dayOfInstant, dayText, startOfDay } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { QUARTERS, quarterOf } from './count-facts.ts';
import { unionTypes } from './union-types.ts';

/** Calendar days in a zone, the last of them today. */
export interface Days {
  /** YYYY-MM-DD. */
  names: string[];
  /** The first instant of each, and of the day after. */
  starts: number[];
}

export function lastDays({ n, now, zone }: { n: number; now: Date; zone: string }): Days {
  const today = dayOfInstant(now.getTime(), zone);
  const days = Array.from({ length: n + 1 }, (_, i) => today - n + 1 + i);
  return {
    names: days.slice(0, n).map(dayText),
    starts: days.map((day) => startOfDay(day, zone)),
  };
}

/** How often a type occurred on each of some days. */
export interface Volume {
  days: number[];
  lastSeenAt: Date | null;
}

/** The volume of these types, from what is counted as events are stored; index event_counts_pkey. */
export async function countEvents(
  db: Db,
  { typeIds, days }: { typeIds: number[]; days: Days },
): Promise<Map<number, Volume>> {
  const counts = await sumQuarters(db, { typeIds, days });
  const lastSeen = await readLastSeen(db, { typeIds });
  return new Map(
    typeIds.map((id) => [id, { days: counts.get(id)!, lastSeenAt: lastSeen.get(id) ?? null }]),
  );
}

/** A part of a local day that lies in one day of UTC. */
interface Piece {
  /** Which of the days, from 0. */
  local: number;
  /** Days since 1970 in UTC. */
  day: number;
  /** Quarters of an hour, from 0, both included. */
  first: number;
  last: number;
}

/** Days of every zone of today begin with a quarter of an hour. */
function piecesOf({ names, starts }: Days): Piece[] {
  return names.flatMap((_, local) => {
    const from = quarterOf(starts[local]!);
    const to = quarterOf(starts[local + 1]! - 1);
    return Array.from({ length: to.day - from.day + 1 }, (__, n) => ({
      local,
      day: from.day + n,
      first: n === 0 ? from.quarter : 0,
      last: from.day + n === to.day ? to.quarter : QUARTERS - 1,
    }));
  });
}

async function sumQuarters(
  db: Db,
  { typeIds, days }: { typeIds: number[]; days: Days },
): Promise<Map<number, number[]>> {
  const pieces = piecesOf(days);
  const { rows } = await db.query<{ event_type_id: number; local: number; n: number }>({
    name: 'sum_quarters',
    text: `select kept.event_type_id, piece.local,
                  sum((select sum(n) from unnest(kept.quarters[piece.first + 1 : piece.last + 1]) as n))::bigint as n
             from unnest($2::int[], $3::int[], $4::int[], $5::int[]) as piece (local, day, first, last)
             join event_counts kept
               on kept.event_type_id = any($1) and kept.day = date '1970-01-01' + piece.day
            group by 1, 2`,
    values: [
      typeIds,
      pieces.map((piece) => piece.local),
      pieces.map((piece) => piece.day),
      pieces.map((piece) => piece.first),
      pieces.map((piece) => piece.last),
    ],
  });
  const counts = new Map(typeIds.map((id) => [id, days.names.map(() => 0)]));
  for (const { event_type_id: id, local, n } of rows) counts.get(id)![local] = n;
  return counts;
}

async function readLastSeen(
  db: Db,
  { typeIds }: { typeIds: number[] },
): Promise<Map<number, Date>> {
  const rows = await unionTypes<{ type_id: number; at: Date | null }>(db, {
    typeIds,
    statement: (typeId) => `select ${typeId} as type_id, max(occurred_at) as at
                              from events where event_type_id = ${typeId}`,
    values: [],
  });
  return new Map(rows.flatMap(({ type_id: id, at }) => (at ? [[id, at] as const] : [])));
}
