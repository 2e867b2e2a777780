import {
  checkDefinition,
  fieldCatalogue,
  interpret,
  segmentConditions,
  type Definition,
  type EventFact,
  type Facts,
  type Json,
} from '@perennial/conditions';
import fc from 'fast-check';
import { expect } from 'vitest';
import { anyNode } from '../../../../packages/conditions/src/test-arbitraries.ts';
import type { Pool } from '../db/pool.ts';
import {
  beginKeeping,
  expectKeptAsStored,
  finishKeeping,
  sliceOfEach,
} from '../events/kept/test-kept.ts';
import type { Identifier, InboxItem, JsonObject } from '../inbox/index.ts';
import { segmentWorld, type SegmentWorld } from './test-segments.ts';
import type { TestPipeline } from './test-pipeline.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Types of the events of the stories. */
const EVENTS = ['Strength', 'Opened'] as const;

/** Custom fields of the workspaces made here. */
const FIELDS = {
  plan: 'text',
  score: 'decimal',
  active: 'boolean',
  trial_end: 'date',
  seen: 'date_time',
  tags: 'multiple_choice',
} as const;

const catalogue = fieldCatalogue(FIELDS);

/** What happens, with numbers that are read as whatever there is at the time. */
export interface Deed {
  what: 'track' | 'set' | 'list' | 'choose' | 'login' | 'merge' | 'undo' | 'delete' | 'wait';
  who: number;
  n: number;
  /** How long ago it happened before it arrived. */
  ago: number;
  event: string;
  params: JsonObject;
  fields: JsonObject;
  /** The clock goes on by this before it arrives. */
  later: number;
  /** Or to where time alone may change something next, or to just before. */
  toNext: 'there' | 'before' | undefined;
  /** The first world applies it with the next. */
  joined: boolean;
}

export interface Story {
  start: number;
  zone: string;
  definitions: Definition[];
  deeds: Deed[];
}

const words = fc.constantFrom('A', 'a', 'B', '5', 'true', '2026-10-14');
const scalar = fc.oneof(words, fc.integer({ min: -5, max: 9 }), fc.boolean());
const value: fc.Arbitrary<Json> = fc.oneof(
  scalar,
  fc.constantFrom<Json>(null, '', [], 5.5),
  fc.array(scalar, { maxLength: 2 }),
);

const params = fc.record(
  {
    p: value,
    q: value,
    tags: fc.array(words, { maxLength: 2 }),
    list: fc.array(fc.record({ v: value }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

const fields = fc.record(
  {
    'custom.plan': fc.option(words),
    'custom.score': fc.option(fc.constantFrom(0, 1, 5, 5.5, 100)),
    'custom.active': fc.option(fc.boolean()),
    'custom.trial_end': fc.option(
      fc.constantFrom('2026-10-24', '2026-10-25', '2026-10-26', '2024-02-29'),
    ),
    'custom.seen': fc.option(
      fc.constantFrom(
        '2026-10-24T22:30:00.000Z',
        '2026-10-25T00:30:00.000Z',
        '2026-11-01T05:59:59.999Z',
      ),
    ),
    'custom.tags': fc.option(fc.uniqueArray(fc.constantFrom('A', 'B', '5'), { maxLength: 2 })),
    city: fc.option(words),
    'address.street': fc.option(words),
    email: fc.option(fc.constantFrom('a@example.com', 'b@example.com')),
    birthday: fc.option(fc.constantFrom('1990-10-25', '2000-02-29')),
    time_zone: fc.option(fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Australia/Lord_Howe')),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

const whats = [
  ...([
    'track',
    'track',
    'track',
    'track',
    'track',
    'set',
    'set',
    'set',
    'list',
    'choose',
  ] as const),
  ...(['login', 'merge', 'undo', 'delete', 'wait', 'wait', 'wait', 'wait', 'wait'] as const),
];

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom<Deed['what'][]>(...whats),
  who: fc.nat(3),
  n: fc.nat(30),
  ago: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 * DAY }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 * DAY }) },
  ),
  event: fc.constantFrom(...EVENTS),
  params,
  fields,
  later: fc.oneof(
    fc.constantFrom(0, 1, MINUTE, HOUR, DAY, 7 * DAY, 30 * DAY),
    fc.integer({ min: 0, max: 3 * DAY }),
  ),
  toNext: fc.option(fc.constantFrom('there' as const, 'before' as const), { nil: undefined }),
  joined: fc.boolean(),
});

/** Days around the ends of summer time in Europe, America and Lord Howe, and the beginning in the latter. */
const starts = fc.constantFrom(
  Date.UTC(2026, 9, 24, 12),
  Date.UTC(2026, 9, 31, 12),
  Date.UTC(2026, 9, 3, 12),
  Date.UTC(2026, 2, 28, 20),
);

const zone = fc.constantFrom('UTC', 'workspace', 'contact', 'Australia/Lord_Howe');
const calendar = fc.oneof(
  fc.record({ kind: fc.constantFrom('today', 'yesterday'), zone }),
  fc.record({ kind: fc.constant('this'), unit: fc.constantFrom('week', 'month'), zone }),
  fc.record({
    kind: fc.constant('previous'),
    n: fc.integer({ min: 1, max: 3 }),
    unit: fc.constantFrom('day', 'week'),
    zone,
  }),
);
const rolling = fc.record({
  kind: fc.constantFrom('last', 'longer_ago'),
  n: fc.integer({ min: 1, max: 5 }),
  unit: fc.constantFrom('hour', 'day'),
});
const threshold = fc.record({
  op: fc.constantFrom('equals', 'greater_or_equal', 'less', 'not_equals'),
  value: fc.integer({ min: 0, max: 3 }),
});
const measure = fc.oneof(
  threshold.map((limit) => ({ kind: 'count', ...limit })),
  threshold.map((limit) => ({ kind: 'sum', param: 'p', ...limit })),
  threshold.map((limit) => ({ kind: 'distinct', param: 'q', ...limit })),
  fc.constantFrom({ kind: 'first' }, { kind: 'last' }),
);

/** Conditions whose answers time alone changes while a story lasts. */
const timed = fc.oneof(
  fc.record({
    type: fc.constant('event'),
    event: fc.constantFrom('Strength', 'Opened'),
    measure,
    period: fc.oneof(calendar, rolling),
  }),
  fc.record({
    type: fc.constant('event'),
    event: fc.constantFrom('Strength', 'Opened'),
    measure: fc.constant({ kind: 'streak' }),
    period: fc.record({
      kind: fc.constant('previous'),
      n: fc.integer({ min: 1, max: 2 }),
      unit: fc.constant('day'),
      zone,
    }),
  }),
  fc.record({
    type: fc.constant('field'),
    field: fc.constantFrom('custom.trial_end', 'custom.seen', 'created_at', 'last_seen_at'),
    op: fc.constant('in'),
    period: fc.oneof(
      calendar,
      rolling,
      fc.record({
        kind: fc.constant('next'),
        n: fc.integer({ min: 1, max: 3 }),
        unit: fc.constantFrom('hour', 'day'),
      }),
    ),
    zone,
  }),
  fc.record({
    type: fc.constant('field'),
    field: fc.constantFrom('birthday', 'custom.trial_end'),
    op: fc.constant('anniversary'),
    value: fc.constantFrom({ from: 0, to: 0 }, { from: -1, to: 1 }),
    zone,
  }),
);

const timedNode = fc.oneof(
  timed,
  timed.map((not) => ({ not })),
  fc.tuple(timed, fc.oneof(timed, anyNode)).map((all) => ({ all })),
  fc.tuple(timed, timed).map((any) => ({ any })),
);

const node = fc.oneof({ weight: 3, arbitrary: timedNode }, { weight: 1, arbitrary: anyNode });

const definition = fc
  .tuple(node, fc.option(node, { freq: 2 }))
  .map(([include, exclude]) => ({ language: 1, include, ...(exclude !== null && { exclude }) }))
  .filter((json) => checkDefinition(json, { fields: catalogue, types: segmentConditions }).ok)
  .map((json) => json as unknown as Definition);

export const story: fc.Arbitrary<Story> = fc.record({
  start: starts,
  zone: fc.constantFrom('UTC', 'Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe'),
  definitions: fc.array(definition, { minLength: 3, maxLength: 6 }),
  deeds: fc.array(deed, { minLength: 10, maxLength: 30 }),
});

/**
 * Plays a story twice: once each deed is applied before the next is done and after each of them the
 * members are compared with what the interpreter says of the whole history; once everything stands
 * in the queues for long. The logs must tell the same; answers how many lines they have.
 */
export async function playStory(pool: Pool, pipeline: TestPipeline, told: Story): Promise<number> {
  const first = await play(pool, pipeline, told, 'each by itself');
  // The clock goes as it went then.
  const again = {
    ...told,
    deeds: told.deeds.map((one, i) => ({ ...one, later: first.waits[i]! })),
  };
  for (const batching of ['as told', 'when it must'] as const) {
    const { logs } = await play(pool, pipeline, again, batching);
    expect(logs).toEqual(first.logs);
  }
  return first.logs.flat().length;
}

type Batching = 'each by itself' | 'as told' | 'when it must';

async function play(
  pool: Pool,
  pipeline: TestPipeline,
  { start, zone, definitions, deeds }: Story,
  batching: Batching,
): Promise<{ logs: string[][]; waits: number[] }> {
  const world = await segmentWorld(pool, pipeline, { start, zone });
  await prepare(pool, world);
  const list = await world.list();
  const segments: number[] = [];
  const rules: Definition[] = [];
  for (const rule of definitions) {
    const own = naming(rule, { '1': list, '2': segments.at(-1) ?? list });
    rules.push(own);
    segments.push(await world.segment(own));
  }
  const compare = async (): Promise<void> => {
    await world.drain();
    await compareMembers(pool, world, { zone, segments, rules });
  };
  const waits: number[] = [];
  for (const [n, one] of deeds.entries()) {
    const later = batching === 'each by itself' ? await waitOf(pool, world, one) : one.later;
    waits.push(later);
    world.setClock(world.now() + later);
    if (one.what === 'merge' || one.what === 'undo') await world.drain();
    const items = await itemsOf(pool, world, one, list);
    if (items.length > 0) await world.append(...items);
    if (batching === 'each by itself' || (batching === 'as told' && !one.joined)) await compare();
    await keepSome(pool, world, n);
  }
  world.setClock(world.now() + DAY);
  await compare();
  const logs = await Promise.all(segments.map((segment) => logOf(pool, world, segment)));
  // Merges bring two pasts together.
  if (!(await anyMerge(pool, world))) logs.forEach(expectAlternating);
  await expectNothingDead(pool, world);
  const kept = { workspaceId: world.workspaceId, keys: EVENTS, now: new Date(world.now()) };
  await beginKeeping(pool, kept);
  await finishKeeping(pool, kept);
  await expectKeptAsStored(pool, kept);
  await world.close();
  // Facts of two who became one stand in the order in which they were written.
  return { logs: logs.map((lines) => lines.toSorted()), waits };
}

/** Begins to keep the times of events somewhere in the story, and builds them as it goes on. */
async function keepSome(pool: Pool, { workspaceId, now }: SegmentWorld, n: number): Promise<void> {
  const of = { workspaceId, now: new Date(now()) };
  await sliceOfEach(pool, of);
  if (n % 4 === 2) await beginKeeping(pool, { ...of, keys: EVENTS.slice(0, 1 + (n % 3)) });
}

/** How long the clock goes on; to the next instant of some membership if the deed says so. */
async function waitOf(pool: Pool, world: SegmentWorld, { later, toNext }: Deed): Promise<number> {
  if (!toNext) return later;
  const { rows } = await pool.query<{ at: Date | null }>(
    `select min(changes_at) as at from memberships where workspace_id = $1`,
    [world.workspaceId],
  );
  const at = rows[0]!.at?.getTime();
  if (at === undefined || at - world.now() > 40 * DAY) return later;
  return Math.max(0, at - world.now() - (toNext === 'before' ? 1 : 0));
}

async function prepare(pool: Pool, { workspaceId, now }: SegmentWorld): Promise<void> {
  await pool.query(
    `insert into fields (workspace_id, key, label, type, source, created_at)
     select $1, key, key, type, 'manual', $4 from unnest($2::text[], $3::text[]) as f (key, type)`,
    [workspaceId, Object.keys(FIELDS), Object.values(FIELDS), new Date(now())],
  );
  await pool.query(
    `insert into categories (workspace_id, key, name, default_subscribed, created_at)
     values ($1, 'news', 'News', true, $2), ($1, 'offers', 'Offers', false, $2)`,
    [workspaceId, new Date(now())],
  );
}

/** The definition with the segments that it names as there are in this world. */
function naming(rule: Definition, ids: Record<string, number>): Definition {
  const text = JSON.stringify(rule).replaceAll(
    /"segment":"([12])"/g,
    (_, id: string) => `"segment":"${ids[id]}"`,
  );
  const checked = checkDefinition(JSON.parse(text), {
    fields: catalogue,
    types: segmentConditions,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

const PEOPLE: Identifier[] = [
  ['external_id', 'u1'],
  ['external_id', 'u2'],
  ['anonymous_id', 'a1'],
  ['anonymous_id', 'a2'],
];

async function itemsOf(
  pool: Pool,
  world: SegmentWorld,
  { what, who, n, ago, event, params: sent, fields: set }: Deed,
  list: number,
): Promise<InboxItem[]> {
  const now = world.now();
  const ids = [PEOPLE[who]!];
  const at = now - ago;
  switch (what) {
    case 'track':
      return [
        {
          kind: 'event',
          ids,
          event,
          params: sent,
          at,
          source: 'sdk',
          ownTime: true,
          createContact: true,
        },
      ];
    case 'set':
      return [{ kind: 'identify', ids, fields: set, at, source: 'identify' }];
    case 'list':
      return [
        {
          kind: 'membership',
          ids,
          at: now,
          source: 'manual',
          lists: n % 3 ? { add: [list] } : { remove: [list] },
        },
      ];
    case 'choose':
      return [
        {
          kind: 'consent',
          ids,
          at: now,
          source: 'web',
          consent: { categories: { [n % 2 ? 'news' : 'offers']: n % 3 > 0 } },
        },
      ];
    case 'login':
      return [
        {
          kind: 'identify',
          ids: [PEOPLE[n % 2]!, PEOPLE[2 + (who % 2)]!],
          fields: {},
          at: now,
          source: 'identify',
        },
      ];
    case 'delete':
      return [{ kind: 'delete', ids, at: now, source: 'manual' }];
    case 'merge':
      return joinOf(pool, world, { who, n });
    case 'undo':
      return partOf(pool, world, n);
    case 'wait':
      return [];
  }
}

async function joinOf(
  pool: Pool,
  { workspaceId, now }: SegmentWorld,
  { who, n }: { who: number; n: number },
): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where workspace_id = $1 and merged_into is null order by id`,
    [workspaceId],
  );
  const [keep, drop] = [rows[who % rows.length], rows[n % rows.length]];
  if (!keep || !drop || keep.id === drop.id) return [];
  const ids: Identifier[] = [['contact', String(keep.id)]];
  return [{ kind: 'join', ids, other: drop.id, at: now(), source: 'manual', by: 'Ada' }];
}

async function partOf(
  pool: Pool,
  { workspaceId, now }: SegmentWorld,
  n: number,
): Promise<InboxItem[]> {
  const { rows } = await pool.query<{ id: number; keep_id: number }>(
    `select id, keep_id from merges where workspace_id = $1 order by id`,
    [workspaceId],
  );
  const merge = rows[n % rows.length];
  if (!merge) return [];
  const ids: Identifier[] = [['contact', String(merge.keep_id)]];
  return [{ kind: 'part', ids, mergeId: merge.id, at: now(), source: 'manual', by: 'Ada' }];
}

/** Members as they are kept, against the interpreter over all that is stored. */
async function compareMembers(
  pool: Pool,
  world: SegmentWorld,
  { zone, segments, rules }: { zone: string; segments: number[]; rules: Definition[] },
): Promise<void> {
  const people = await wholeFacts(pool, world, zone);
  for (const [i, rule] of rules.entries()) {
    const expected = [...people]
      .filter(([, facts]) =>
        interpret(rule, facts, { fields: catalogue, types: segmentConditions }),
      )
      .map(([id]) => id);
    const { rows } = await pool.query<{ id: number }>(
      `select contact_id as id from memberships where segment_id = $1 and member order by 1`,
      [segments[i]],
    );
    const { rows: sizes } = await pool.query<{ n: number }>(
      `select coalesce(sum(members), 0)::int as n from segment_sizes where segment_id = $1`,
      [segments[i]],
    );
    const at = new Date(world.now()).toISOString();
    expect({ at, rule, members: rows.map(({ id }) => id), size: sizes[0]!.n }).toEqual({
      at,
      rule,
      members: expected,
      size: expected.length,
    });
  }
}

interface StoredPerson {
  id: number;
  email: string | null;
  phone: string | null;
  external_id: string | null;
  source: string;
  fields: JsonObject;
  created_at: Date;
  updated_at: Date;
  last_seen_at: Date | null;
  events: {
    event: string;
    at: string;
    params: JsonObject | null;
    key: string | null;
    source: string;
    context: JsonObject | null;
  }[];
  segments: string[];
  choices: Record<string, boolean>;
  email_state: string | null;
}

async function wholeFacts(
  pool: Pool,
  { workspaceId, now }: SegmentWorld,
  workspaceZone: string,
): Promise<Map<number, Facts>> {
  const { rows } = await pool.query<StoredPerson>(
    `select c.id, c.email, c.phone, c.external_id, c.source, c.fields, c.created_at, c.updated_at, c.last_seen_at,
            (select coalesce(jsonb_agg(jsonb_build_object('event', t.key, 'at', e.occurred_at, 'params', e.params,
                       'key', e.key, 'source', e.source, 'context', e.context)), '[]')
               from events e join event_types t on t.id = e.event_type_id where e.contact_id = c.id) as events,
            array(select m.segment_id::text from memberships m where m.contact_id = c.id and m.member) as segments,
            (select jsonb_object_agg(k.key, coalesce(ch.subscribed, k.default_subscribed))
               from categories k
               left join category_choices ch on ch.contact_id = c.id and ch.category_id = k.id
              where k.workspace_id = c.workspace_id) as choices,
            (select a.state from addresses a
              where a.contact_id = c.id and a.channel = 'email' and a.address = c.email) as email_state
       from contacts c
      where c.workspace_id = $1 and c.deleted_at is null and c.merged_into is null
      order by c.id`,
    [workspaceId],
  );
  return new Map(rows.map((row) => [row.id, factsOf(row, now(), workspaceZone)]));
}

function factsOf(row: StoredPerson, now: number, workspaceZone: string): Facts {
  const events = row.events.map(
    ({ event, at, params: stored, key, source, context }): EventFact => ({
      event,
      occurredAt: Date.parse(at),
      params: stored ?? {},
      key,
      source,
      context,
    }),
  );
  const zone = row.fields['time_zone'];
  return {
    now,
    workspaceZone,
    contactZone: typeof zone === 'string' ? zone : null,
    fields: {
      ...row.fields,
      id: String(row.id),
      external_id: row.external_id,
      email: row.email,
      phone: row.phone,
      source: row.source,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
      last_seen_at: row.last_seen_at?.toISOString() ?? null,
    },
    events: Map.groupBy(events, ({ event }) => event),
    segments: new Map(row.segments.map((id) => [id, now])),
    categories: new Set(Object.entries(row.choices).flatMap(([key, is]) => (is ? [key] : []))),
    channels: row.email === null ? [] : [emailOf(row.email_state ?? 'unconfirmed')],
  };
}

/** Nobody said no in these stories. */
function emailOf(state: string): NonNullable<Facts['channels']>[number] {
  const states = state === 'subscribed' ? ['subscribed', 'reachable'] : [state];
  return { channel: 'email', app: null, states };
}

/** Entries and exits in order, with people by when they were made. */
async function logOf(
  pool: Pool,
  { workspaceId }: SegmentWorld,
  segment: number,
): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select case t.key when 'SegmentEntered' then '+' else '-' end
            || (select count(*) from contacts o where o.workspace_id = $1 and o.id <= e.contact_id) || ' '
            || to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') || ' ' || (e.params ->> 'cause') as line
       from events e
       join event_types t on t.id = e.event_type_id
      where t.workspace_id = $1 and t.key in ('SegmentEntered', 'SegmentLeft') and e.key = $2
      order by e.contact_id, e.id`,
    [workspaceId, String(segment)],
  );
  return rows.map(({ line }) => line);
}

/** Only what nobody is there for may fail, and merges that cannot be made or undone. */
async function expectNothingDead(pool: Pool, { workspaceId }: SegmentWorld): Promise<void> {
  const { rows } = await pool.query<{ kind: string; detail: string }>(
    `select kind, detail from dead_events where workspace_id = $1 and kind not in ('part', 'join') and detail not like 'No contact%'`,
    [workspaceId],
  );
  expect(rows).toEqual([]);
}

async function anyMerge(pool: Pool, { workspaceId }: SegmentWorld): Promise<boolean> {
  const { rows } = await pool.query(`select from merges where workspace_id = $1 limit 1`, [
    workspaceId,
  ]);
  return rows.length > 0;
}

/** Nobody enters twice, nor leaves without having entered. */
function expectAlternating(lines: string[]): void {
  for (const own of Map.groupBy(lines, (line) => line.slice(1).split(' ')[0]).values()) {
    expect(own.map((line) => line[0])).toEqual(own.map((_, i) => (i % 2 === 0 ? '+' : '-')));
  }
}
