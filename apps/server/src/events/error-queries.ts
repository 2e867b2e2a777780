import { dayOfInstant, dayText } from '@perennial/conditions';
import type { Db } from '../db/index.ts';

/** So often something was wrong with events of a type that came through a door. */
export interface ErrorCount {
  workspaceId: number;
  event: string;
  door: 'tracking' | 'rest' | 'management' | 'stored';
  /** Key of the app whose key was used; empty: none. */
  app: string;
  reason: 'event' | 'missing' | 'wrong_type' | 'inactive' | 'reserved';
  /** Empty where it is not about a parameter. */
  path: string;
  expected: string;
  got: string;
  n: number;
  /** Epoch milliseconds. */
  lastAt: number;
}

/**
 * Adds to the day of the workspace's zone; of a type that is not there (any more) nothing is kept.
 * Rows in the order of the key, so that two processes that write at once take turns.
 */
export async function addErrorCounts(db: Db, { counts }: { counts: ErrorCount[] }): Promise<void> {
  if (counts.length === 0) return;
  const days = await daysOf(db, counts);
  await db.query(
    `insert into event_type_errors as known (event_type_id, day, door, app, reason, path, expected, got, n, last_at)
     select type.id, day, door, app, reason, path, expected, got, n, last_at
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                   $9::bigint[], $10::timestamptz[], $11::date[])
            as told (workspace_id, event, door, app, reason, path, expected, got, n, last_at, day)
       join event_types type on type.workspace_id = told.workspace_id and type.key = told.event
      order by type.id, day, door, app, reason, path, expected, got
         on conflict on constraint event_type_errors_pkey do update
        set n = known.n + excluded.n, last_at = greatest(known.last_at, excluded.last_at)`,
    [
      counts.map((row) => row.workspaceId),
      counts.map((row) => row.event),
      counts.map((row) => row.door),
      counts.map((row) => row.app),
      counts.map((row) => row.reason),
      counts.map((row) => row.path),
      counts.map((row) => row.expected),
      counts.map((row) => row.got),
      counts.map((row) => row.n),
      counts.map((row) => new Date(row.lastAt).toISOString()),
      days,
    ],
  );
}

/** The day of each, in its workspace's zone. */
async function daysOf(db: Db, counts: ErrorCount[]): Promise<string[]> {
  const { rows } = await db.query<{ id: number; time_zone: string }>(
    `select id, time_zone from workspaces where id = any($1)`,
    [[...new Set(counts.map((row) => row.workspaceId))]],
  );
  const zones = new Map(rows.map((row) => [row.id, row.time_zone]));
  return counts.map(({ workspaceId, lastAt }) => {
    const zone = zones.get(workspaceId) ?? 'UTC';
    return dayText(dayOfInstant(lastAt, zone));
  });
}

export interface ErrorSums {
  refused: number;
  stored: number;
}

/** Events with errors of each of these types since a day; index event_type_errors_pkey. */
export async function sumErrors(
  db: Db,
  { typeIds, since }: { typeIds: number[]; since: string },
): Promise<Map<number, ErrorSums>> {
  const { rows } = await db.query<ErrorSums & { type_id: number }>(
    `select event_type_id as type_id,
            coalesce(sum(n) filter (where door <> 'stored'), 0)::bigint as refused,
            coalesce(sum(n) filter (where door = 'stored'), 0)::bigint as stored
       from event_type_errors
      where event_type_id = any($1) and day >= $2 and reason = 'event'
      group by event_type_id`,
    [typeIds, since],
  );
  return new Map(rows.map(({ type_id: id, refused, stored }) => [id, { refused, stored }]));
}

/** The same of one type, day by day. */
export async function listErrorDays(
  db: Db,
  { typeId, since }: { typeId: number; since: string },
): Promise<(ErrorSums & { day: string })[]> {
  const { rows } = await db.query<ErrorSums & { day: string }>(
    `select to_char(day, 'YYYY-MM-DD') as day,
            coalesce(sum(n) filter (where door <> 'stored'), 0)::bigint as refused,
            coalesce(sum(n) filter (where door = 'stored'), 0)::bigint as stored
       from event_type_errors
      where event_type_id = $1 and day >= $2 and reason = 'event'
      group by event_type_errors.day
      order by event_type_errors.day`,
    [typeId, since],
  );
  return rows;
}

export type ErrorReason = Omit<ErrorCount, 'workspaceId' | 'event' | 'reason' | 'n' | 'lastAt'> & {
  reason: Exclude<ErrorCount['reason'], 'event'>;
  count: number;
  last_at: Date;
};

/** Reasons told at once: a type expects a hundred parameters at most. */
const MOST_REASONS = 100;

/** What was wrong with events of a type since a day, most often first. */
export async function listErrorReasons(
  db: Db,
  { typeId, since }: { typeId: number; since: string },
): Promise<ErrorReason[]> {
  const { rows } = await db.query<ErrorReason>(
    `select door, app, reason, path, expected, got, sum(n)::bigint as count, max(last_at) as last_at
       from event_type_errors
      where event_type_id = $1 and day >= $2 and reason <> 'event'
      group by door, app, reason, path, expected, got
      order by count desc, last_at desc, path, got, door, app
      limit $3`,
    [typeId, since, MOST_REASONS],
  );
  return rows;
}

/** Days beyond those that any call looks at. */
export async function forgetErrorCounts(db: Db, { before }: { before: Date }): Promise<void> {
  await db.query(`delete from event_type_errors where day < $1::date`, [
    before.toISOString().slice(0, 10),
  ]);
}
