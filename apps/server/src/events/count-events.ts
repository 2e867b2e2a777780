import { dayOfInstant, dayText, startOfDay } from '@perennial/conditions';
import type { Db } from '../db/index.ts';

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
export const MOST_COUNTED = 100_000;

/**
 * The volume of these types. Types with up to 100,000 events in these days are counted; of the
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

async function countAll(
  db: Db,
  { typeIds, days, most }: { typeIds: number[]; days: Days; most: number },
): Promise<Map<number, number[]>> {
  const { rows } = await db.query<{ type_id: number; day: number; n: number }>(
    `select type.id as type_id, width_bucket(newest.occurred_at, $2::timestamptz[]) as day, count(*) as n
       from unnest($1::bigint[]) as type (id)
      cross join lateral (select occurred_at from events
                           where event_type_id = type.id and occurred_at >= $3 and occurred_at < $4
                           order by occurred_at desc
                           limit $5) newest
      group by 1, 2`,
    [typeIds, ...boundsOf(days), most + 1],
  );
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
  const { rows } = await db.query<{ type_id: number; day: number; n: number }>(
    `select type.id as type_id, width_bucket(minute.at, $2::timestamptz[]) as day, 60 * sum(seen.n) as n
       from unnest($1::bigint[]) as type (id)
      cross join unnest($3::timestamptz[]) as minute (at)
      cross join lateral (select count(*) as n from events
                           where event_type_id = type.id
                             and occurred_at >= minute.at and occurred_at < minute.at + interval '1 minute') seen
      group by 1, 2`,
    [typeIds, boundsOf(days)[0], minutes.map((at) => new Date(at).toISOString())],
  );
  return byDay(rows, typeIds, days);
}

function boundsOf({ starts }: Days): [string[], string, string] {
  const instants = starts.map((at) => new Date(at).toISOString());
  return [instants.slice(0, -1), instants[0]!, instants.at(-1)!];
}

function byDay(
  rows: { type_id: number; day: number; n: number }[],
  typeIds: number[],
  { names }: Days,
): Map<number, number[]> {
  const counts = new Map(typeIds.map((id) => [id, names.map(() => 0)]));
  // Buckets are counted from 1.
  for (const { type_id, day, n } of rows) counts.get(type_id)![day - 1] = Number(n);
  return counts;
}

async function readLastSeen(
  db: Db,
  { typeIds }: { typeIds: number[] },
): Promise<Map<number, Date>> {
  const { rows } = await db.query<{ type_id: number; at: Date }>(
    `select type.id as type_id, newest.occurred_at as at
       from unnest($1::bigint[]) as type (id)
      cross join lateral (select occurred_at from events
                           where event_type_id = type.id
                           order by occurred_at desc
                           limit 1) newest`,
    [typeIds],
  );
  return new Map(rows.map((row) => [row.type_id, row.at]));
}
