import { inTransaction } from '../apps/server/src/db/index.ts';
import type { BenchDatabase } from './database.ts';

/** A type of event and how often it is, in percent. */
export const TYPES = [
  ['AppOpened', 50],
  ['LessonStarted', 18],
  ['Strength', 10],
  ['LessonFinished', 8],
  ['Searched', 5],
  ['Shared', 4],
  ['Paid', 2],
  ['Rated', 1],
  ['Invited', 1],
  ['Cancelled', 1],
] as const;

const DAYS = 730;
const CHUNK = 1_000_000;

interface History {
  contacts: number;
  events: number;
}

/**
 * Contacts with two years of events, some of them in segments and categories. Made by the database
 * itself, the same every time; what is there already is left.
 */
export async function makeHistory(
  { pool, workspaceId, slots }: BenchDatabase,
  { contacts, events, now, log }: History & { now: number; log: (line: string) => void },
): Promise<void> {
  const { rows } = await pool.query<{ made: boolean }>(
    `select exists (select from segments where workspace_id = $1) as made`,
    [workspaceId],
  );
  if (rows[0]!.made) return;
  log(`making ${contacts} contacts`);
  await pool.query(
    `insert into contacts (id, workspace_id, external_id, email, fields, set_at, source, created_at, updated_at)
     select n, $1, 'u' || n, 'u' || n || '@example.com',
            jsonb_build_object('first_name', 'Name ' || n, 'language', (array['uk','en','de','pl'])[1 + n % 4],
                               'time_zone', (array['Europe/Kyiv','Europe/Berlin','America/New_York','Asia/Tokyo'])[1 + n % 4],
                               'custom.plan', (array['free','pro','trial'])[1 + n % 3], 'custom.score', n % 100),
            '{}', 'api', $3::timestamptz - (n % ${DAYS}) * interval '1 day', $3
       from generate_series(1, $2) as n`,
    [workspaceId, contacts, new Date(now)],
  );
  await pool.query(
    `insert into event_types (workspace_id, key, name, created_at)
     select $1, key, key, $3 from unnest($2::text[]) as key`,
    [workspaceId, TYPES.map(([key]) => key), new Date(now)],
  );
  await makeEvents(pool, { workspaceId, contacts, events, now, log });
  await pool.query(
    `with list as (insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at)
                   values ($1, 'list', 'List', 'list', 'list', 'manual', $4, $4) returning id)
     insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
     select n, list.id, $1, true, $4, n % $3 from list, generate_series(1, $2, 5) as n`,
    [workspaceId, contacts, slots, new Date(now)],
  );
  await pool.query(
    `with made as (insert into categories (workspace_id, key, name, default_subscribed, created_at)
                   values ($1, 'news', 'News', true, $3) returning id)
     insert into category_choices (contact_id, category_id, workspace_id, subscribed, decided_at, source)
     select n, made.id, $1, n % 2 = 0, $3, 'api' from made, generate_series(1, $2, 4) as n`,
    [workspaceId, contacts, new Date(now)],
  );
  log('vacuum');
  for (const table of ['contacts', 'events', 'memberships', 'category_choices']) {
    await pool.query(`vacuum (analyze) ${table}`);
  }
}

/**
 * Without its indexes, which are built at the end. Few contacts do much: the n-th of all does about
 * as much as the square root of n allows.
 */
async function makeEvents(
  pool: BenchDatabase['pool'],
  {
    workspaceId,
    contacts,
    events,
    now,
    log,
  }: History & { workspaceId: number; now: number; log: (line: string) => void },
): Promise<void> {
  await pool.query(`alter table events drop constraint events_pkey; drop index events_by_type`);
  let upTo = 0;
  const bounds = TYPES.map(([, percent]) => (upTo += percent));
  for (let from = 0; from < events; from += CHUNK) {
    log(`events from ${from}`);
    await pool.query(
      `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
       select 1 + floor($2 * power(r1, 2))::bigint, n, types[1 + width_bucket(r2 * 100, $5::float8[])],
              date_bin('1 millisecond', at, 'epoch'), date_bin('1 millisecond', at, 'epoch'), $1, 'sdk',
              jsonb_build_object('kind', (array['Strength','Yoga','Run','Swim','Stretch'])[1 + n % 5], 'burned', 100 + n % 700,
                                 'minutes', n % 60, 'lesson', 'l' || n % 500)
         from (select n, abs(hashint8extended(n, 1) / 9223372036854775808.0::float8) as r1,
                      abs(hashint8extended(n, 2) / 9223372036854775808.0::float8) as r2,
                      $4::timestamptz - abs(hashint8extended(n, 3) / 9223372036854775808.0::float8) * $6::float8 * interval '1 day' as at,
                      (select array_agg(id order by id) from event_types where workspace_id = $1) as types
                 from generate_series($3::bigint + 1, $3::bigint + $7::bigint) as n) drawn`,
      [
        workspaceId,
        contacts,
        from,
        new Date(now),
        bounds.slice(0, -1),
        DAYS,
        Math.min(CHUNK, events - from),
      ],
    );
  }
  log('indexes');
  await inTransaction(pool, async (tx) => {
    await tx.query(`set local maintenance_work_mem = '512MB'`);
    await tx.query(
      `alter table events add constraint events_pkey primary key (contact_id, event_type_id, occurred_at, id)`,
    );
    await tx.query(
      `create index events_by_type on events (event_type_id, occurred_at) include (contact_id)`,
    );
  });
}
