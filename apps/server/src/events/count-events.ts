import { dayOfInstant, dayText, startOfDay } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
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
  /** Estimated, because there are too many to count. */
  approximate: boolean;
  lastSeenAt: Date | null;
}

/** Counted one by one, of each type. */
export const MOST_COUNTED = 20_000;

/**
 * The volume of these types. Types with up to 20,000 events in these days are counted; of the
 * others one minute of each hour is, times 60: a glance at a busy type must not read all of it.
 * Index: events_by_type.
 */
export async function countEvents(
  db: Db,
  { typeIds, days, most = MOST_COUNTED }: { typeIds: number[]; days: Days; most?: number },
): Promise<Map<number, Volume>> {
  const counted = await countAll(db, { typeIds, days, most });
  const sum = (id: number): number => counted.get(id)!.reduce((total, n) => total + n, 0);
  const busy = typeIds.filter((id) => sum(id) > most);
  const sampled = await countMinutes(db, { typeIds: busy, days });
  const lastSeen = await readLastSeen(db, { typeIds });
  return new Map(
    typeIds.map((id) => [
      id,
      {
        days: sampled.get(id) ?? counted.get(id)!,
        approximate: sampled.has(id),
        lastSeenAt: lastSeen.get(id) ?? null,
      },
    ]),
  );
}

interface DayCount {
  type_id: number;
  /** Counted from 1. */
  day: number;
  n: number;
}

async function countAll(
  db: Db,
  { typeIds, days, most }: { typeIds: number[]; days: Days; most: number },
): Promise<Map<number, number[]>> {
  const rows = await unionTypes<DayCount>(db, {
    typeIds,
    statement: (
      typeId,
    ) => `select ${typeId} as type_id, width_bucket(occurred_at, $1::timestamptz[]) as day, count(*) as n
                              from (select occurred_at from events
                                     where event_type_id = ${typeId} and occurred_at >= $2 and occurred_at < $3
                                     order by occurred_at desc
                                     limit $4) newest
                             group by 2`,
    values: [...boundsOf(days), most + 1],
  });
  return byDay(rows, typeIds, days);
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Another minute of each hour, so that what always happens at the same one is not seen too often. */
async function countMinutes(
  db: Db,
  { typeIds, days }: { typeIds: number[]; days: Days },
): Promise<Map<number, number[]>> {
  if (typeIds.length === 0) return new Map();
  const first = days.starts[0]!;
  const hours = Math.ceil((days.starts.at(-1)! - first) / HOUR_MS);
  const minutes = Array.from(
    { length: hours },
    (_, hour) => first + hour * HOUR_MS + ((hour * 37) % 60) * MINUTE_MS,
  );
  const { rows } = await db.query<DayCount>(
    `select e.event_type_id as type_id, width_bucket(e.occurred_at, $2::timestamptz[]) as day, 60 * count(*) as n
       from unnest($3::timestamptz[]) as minute (at)
       join events e on e.occurred_at >= minute.at and e.occurred_at < minute.at + interval '1 minute'
                    and e.event_type_id = any($1)
      group by 1, 2`,
    [typeIds, boundsOf(days)[0], minutes.map((at) => new Date(at).toISOString())],
  );
  return byDay(rows, typeIds, days);
}

function boundsOf({ starts }: Days): [string[], string, string] {
  const instants = starts.map((at) => new Date(at).toISOString());
  return [instants.slice(0, -1), instants[0]!, instants.at(-1)!];
}

function byDay(rows: DayCount[], typeIds: number[], { names }: Days): Map<number, number[]> {
  const counts = new Map(typeIds.map((id) => [id, names.map(() => 0)]));
  for (const { type_id: id, day, n } of rows) counts.get(id)![day - 1] = n;
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
