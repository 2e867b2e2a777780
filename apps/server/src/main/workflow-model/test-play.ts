import type { Pool } from '../../db/pool.ts';
import type { InboxItem, JsonObject } from '../../inbox/index.ts';
import type { TestPipeline } from '../../pipeline/test-pipeline.ts';
import { event, fields, T0, user, workflowWorld, type WorkflowWorld } from '../test-workflows.ts';
import { readOutcome } from './test-engine-outcome.ts';
import { SEGMENTS } from './test-reference-conditions.ts';
import { ADDRESSED } from './test-reference.ts';
import {
  DAY,
  PEOPLE,
  type Batching,
  type Deed,
  type Moment,
  type Scenario,
} from './test-scenario.ts';

/** An instant at which the engine looked, and what arrived then. */
export interface Stop {
  at: number;
  moment?: Moment;
  /** The engine was down: what arrived waits for the next time that it looks. */
  down?: true;
}

/** Runs that go round and round do not make a case endless. */
const MOST_STOPS = 150;

/** The engine's own world of a scenario: what its names stand for. */
interface Place {
  pool: Pool;
  world: WorkflowWorld;
  /** By name. */
  ids: ReadonlyMap<string, number>;
  workflows: number[];
  batching: Batching;
  stops: Stop[];
}

/**
 * Plays a scenario in the engine. The clock stops at every instant at which something is due, as it
 * would while the program runs, and at some more.
 */
export async function playInEngine(
  pool: Pool,
  pipeline: TestPipeline,
  { scenario, batching }: { scenario: Scenario; batching: Batching },
) {
  const place = await makePlace(pool, pipeline, { scenario, batching });
  const { world, stops } = place;
  for (const [n, moment] of scenario.moments.entries()) {
    const until = world.now() + moment.later;
    if (stops.length > MOST_STOPS) break;
    // It comes up with a later moment, or when all is over.
    if (batching.down.includes(n)) {
      world.setClock(until);
      await arriveUnseen(place, moment);
      continue;
    }
    if (stops.at(-1)?.down) await comeUp(place, until);
    else await passTime(place, { behind: n - 1, until });
    await arrive(place, moment);
  }
  if (stops.at(-1)?.down) await comeUp(place, world.now());
  await passTime(place, { behind: scenario.moments.length - 1, until: world.now() + DAY });
  const outcome = await readOutcome(pool, place);
  await world.close();
  return { outcome, stops };
}

async function makePlace(
  pool: Pool,
  pipeline: TestPipeline,
  { scenario, batching }: { scenario: Scenario; batching: Batching },
): Promise<Place> {
  const world = await workflowWorld(pool, pipeline, { zone: scenario.zone });
  await world.happen(
    ...PEOPLE.map((who) =>
      fields(who, ADDRESSED.includes(who) ? { email: `${who}@example.com` } : { last_name: who }),
    ),
  );
  const ids = new Map<string, number>([
    ['@L0', await world.list()],
    ['@L1', await world.list()],
    ['@M', await insertMessage(pool, world.workspaceId)],
    ['@P', await insertCodes(pool, world.workspaceId, 300)],
    ['@E', await insertCodes(pool, world.workspaceId, 0)],
    ['@T', await tagMessage(pool, world.workspaceId)],
  ]);
  await pool.query(
    `insert into categories (workspace_id, key, name, default_subscribed, created_at)
     values ($1, 'news', 'News', false, $2)`,
    [world.workspaceId, new Date(T0)],
  );
  for (const [name, rule] of Object.entries(SEGMENTS)) {
    ids.set(name, await world.segment(rule as never));
  }
  await pool.query(
    `insert into fields (workspace_id, key, label, type, source, created_at)
     values ($1, 'score', 'Score', 'integer', 'api', $2), ($1, 'seen', 'Seen', 'text', 'api', $2)`,
    [world.workspaceId, new Date(T0)],
  );
  const workflows: number[] = [];
  for (const _ of scenario.workflows) workflows.push(await world.workflow(NOTHING));
  ids.set('@W0', workflows[0]!);
  // Published once more, now that each may name the first.
  for (const [i, definition] of scenario.workflows.entries()) {
    await world.publish(workflows[i]!, 2, named(definition, ids) as JsonObject);
  }
  return { pool, world, ids, workflows, batching, stops: [] };
}

const NOTHING = {
  language: 1,
  start: { type: 'manual' },
  first: 'b0',
  blocks: { b0: { type: 'end', exits: {} } },
};

/** The numbers of things in the place of their names. */
function named(value: unknown, ids: ReadonlyMap<string, number>): unknown {
  if (typeof value === 'string') return ids.has(value) ? String(ids.get(value)) : value;
  if (Array.isArray(value)) return value.map((each) => named(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each, ids)]));
}

async function insertMessage(pool: Pool, workspaceId: number): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, 'welcome', 'Welcome', 'email', 'en', 1, $2, $2) returning id`,
    [workspaceId, new Date(T0)],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into message_versions (message_id, version, content, compiled, created_at)
     values ($1, 1, '{"en": {"subject": "Hi", "html": "Hi"}}', '{}', $2)`,
    [id, new Date(T0)],
  );
  return id;
}

/** The tag of all messages. */
async function tagMessage(pool: Pool, workspaceId: number): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `with tag as (insert into tags (workspace_id, name, created_at) values ($1, 'variant', $2) returning id),
          linked as (insert into tag_links (tag_id, object_kind, object_id)
                     select tag.id, 'message', m.id from tag, messages m where m.workspace_id = $1)
     select id from tag`,
    [workspaceId, new Date(T0)],
  );
  return rows[0]!.id;
}

async function insertCodes(pool: Pool, workspaceId: number, n: number): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into promo_pools (workspace_id, name, name_key, added, created_at, updated_at)
     values ($1, $2, $2, $3, $4, $4) returning id`,
    [workspaceId, `pool of ${n}`, n, new Date(T0)],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into promo_codes (pool_id, workspace_id, code, bucket, added_at)
     select $1::bigint, $2, $1::bigint || '-' || n, 0, $4 from generate_series(1, $3::integer) as n`,
    [id, workspaceId, n, new Date(T0)],
  );
  return id;
}

/** Lets the clock go on, and stop wherever something is due. */
async function passTime(
  place: Place,
  { behind, until }: { behind: number; until: number },
): Promise<void> {
  const { world, batching, stops } = place;
  const from = world.now();
  const looks = batching.looks
    .filter((look) => look.behind === behind)
    .map(({ percent }) => from + Math.floor(((until - from) * percent) / 100));
  while (stops.length <= MOST_STOPS) {
    const now = world.now();
    const next = Math.min(
      (await nextWake(place)) ?? Infinity,
      ...looks.filter((look) => look > now),
    );
    if (next >= until) break;
    world.setClock(Math.max(next, now + 1));
    stops.push({ at: world.now() });
    await settle(place);
  }
  if (stops.length <= MOST_STOPS) world.setClock(until);
}

/** When the engine itself has something to do next. */
async function nextWake({ pool, world }: Place): Promise<number | undefined> {
  const { rows } = await pool.query<{ at: Date | null }>(
    `select min(wake_at) as at from runs where workspace_id = $1`,
    [world.workspaceId],
  );
  return rows[0]!.at?.getTime();
}

async function arrive(place: Place, moment: Moment): Promise<void> {
  const { world, workflows, stops } = place;
  stops.push({ at: world.now(), moment });
  for (const { workflow, to } of moment.switched) await world.setState(workflows[workflow]!, to);
  await world.append(...moment.deeds.map((deed) => itemOf(deed, place)));
  await settle(place);
}

/** The engine finds what arrived while it was down, before anything else happens. */
async function comeUp(place: Place, at: number): Promise<void> {
  place.world.setClock(at);
  place.stops.push({ at });
  await settle(place);
}

/** Nobody looks; a switch of a workflow would be seen before what arrived earlier. */
async function arriveUnseen(place: Place, { later, deeds }: Moment): Promise<void> {
  const { world, stops } = place;
  stops.push({ at: world.now(), moment: { later, switched: [], deeds }, down: true });
  await world.append(...deeds.map((deed) => itemOf(deed, place)));
}

function itemOf(deed: Deed, { world, ids, workflows }: Place): InboxItem {
  const at = world.now();
  const base = { ids: [user(deed.who)], at, source: 'api' as const };
  switch (deed.do) {
    case 'event': {
      const { who, event: name, params, key, past, ago } = deed;
      return event(who, name, params, { at: at - ago, past, ...(key !== undefined && { key }) });
    }
    case 'fields':
      return fields(deed.who, deed.set, { at, source: deed.by });
    case 'list': {
      const list = [ids.get(deed.list)!];
      return { ...base, kind: 'membership', lists: deed.into ? { add: list } : { remove: list } };
    }
    case 'start': {
      const workflowId = workflows[deed.workflow]!;
      return { ...base, kind: 'start', workflowId, params: deed.params };
    }
    case 'stop':
      return { ...base, kind: 'stop', workflowId: workflows[deed.workflow]!, reason: 'by hand' };
  }
}

/** Until nothing waits, taken in batches as the case says. */
async function settle({ pool, world, batching }: Place): Promise<void> {
  const { workers, resolved: resolvedAtOnce, applied: appliedAtOnce } = batching;
  for (;;) {
    await world.drain({ workers, resolvedAtOnce, appliedAtOnce });
    const { rows } = await pool.query<{ n: number }>(
      `select (select count(*) from inbox) + (select count(*) from slot_queue) as n`,
    );
    if (rows[0]!.n === 0) return;
  }
}
