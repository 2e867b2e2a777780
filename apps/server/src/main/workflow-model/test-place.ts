import type { Pool } from '../../db/pool.ts';
import type { Identifier, InboxItem, JsonObject } from '../../inbox/index.ts';
import type { TestPipeline } from '../../pipeline/test-pipeline.ts';
import { fields, T0, workflowWorld, type WorkflowWorld } from '../test-workflows.ts';
import type { Peer } from './test-peer.ts';
import { CHANNELS, type Channel } from './test-channels.ts';
import { BROWSERS, CHATS } from './test-reference-messages.ts';
import { EVENT_SEGMENTS, SEGMENTS } from './test-segments.ts';
import { ADDRESSED, PHONED } from './test-people.ts';
import {
  CONTACT_ZONES,
  PEOPLE,
  type Batching,
  type Moment,
  type Scenario,
  type WorkflowState,
  type Who,
} from './test-scenario.ts';

/** An instant at which the engine looked, and what arrived then. */
export interface Stop {
  at: number;
  moment?: Moment;
  /** The engine was down: what arrived waits for the next time that it looks. */
  down?: true;
  /** Whom it asked for which event starts a workflow, in this order: of those of several contacts any may be first. */
  asked: { who: Who; workflow: number }[];
}

/** Where scenarios are played. */
export interface Stage {
  pool: Pool;
  pipeline: TestPipeline;
  /** Whom webhooks ask. */
  peer: Peer;
}

/** The engine's own world of a scenario: what its names stand for. */
export interface Place {
  pool: Pool;
  peer: Peer;
  world: WorkflowWorld;
  /** The contact that each was at first. */
  people: ReadonlyMap<Who, number>;
  /** By name. */
  ids: ReadonlyMap<string, number | string>;
  workflows: number[];
  /** The published version of each. */
  versions: number[];
  /** What they say. */
  definitions: JsonObject[];
  states: WorkflowState[];
  scenario: Scenario;
  batching: Batching;
  stops: Stop[];
}

export async function makePlace(
  { pool, pipeline, peer }: Stage,
  { scenario, batching }: { scenario: Scenario; batching: Batching },
): Promise<Place> {
  const world = await workflowWorld(pool, pipeline, scenario);
  await world.happen(...PEOPLE.map((who) => person(who, scenario)));
  await world.happen(...CONTACT_ZONES.map((zone) => someoneIn(zone, scenario)));
  const people = new Map<Who, number>();
  for (const who of PEOPLE) people.set(who, await world.contactId(who));
  const ids = new Map<string, number | string>([
    ['@Y', `${peer.origin}/yes`],
    ['@N', `${peer.origin}/no`],
    ['@L0', await world.list()],
    ['@L1', await world.list()],
    ...(await insertMessages(pool, world.workspaceId)),
    ['@P', await insertCodes(pool, world.workspaceId, 300)],
    ['@E', await insertCodes(pool, world.workspaceId, 0)],
    ['@T', await tagMessage(pool, world.workspaceId)],
  ]);
  await pool.query(
    `insert into categories (workspace_id, key, name, default_subscribed, created_at)
     values ($1, 'news', 'News', false, $2)`,
    [world.workspaceId, new Date(T0)],
  );
  for (const [name, rule] of Object.entries({ ...SEGMENTS, ...EVENT_SEGMENTS })) {
    ids.set(name, await world.segment(rule as never));
  }
  await pool.query(
    `insert into fields (workspace_id, key, label, type, source, created_at)
     values ($1, 'score', 'Score', 'integer', 'api', $2), ($1, 'seen', 'Seen', 'text', 'api', $2),
            ($1, 'day', 'Day', 'date', 'api', $2), ($1, 'moment', 'Moment', 'date_time', 'api', $2)`,
    [world.workspaceId, new Date(T0)],
  );
  const workflows: number[] = [];
  for (const _ of scenario.workflows) workflows.push(await world.workflow(NOTHING));
  ids.set('@W0', workflows[0]!);
  // Published once more, now that each may name the first.
  const definitions = scenario.workflows.map((definition) => named(definition, ids) as JsonObject);
  for (const [i, definition] of definitions.entries()) {
    await world.publish(workflows[i]!, 2, definition);
  }
  const versions = workflows.map(() => 2);
  const states = workflows.map((): WorkflowState => 'active');
  const parts = { pool, peer, world, people, ids, workflows, versions, definitions, states };
  return { ...parts, scenario, batching, stops: [] };
}

/** A zone that nobody was in is noticed a while later: here somebody is in each. */
function someoneIn(zone: string, { start }: Scenario): InboxItem {
  return fields(`someone in ${zone}`, { time_zone: zone }, { at: start });
}

function person(who: Who, { start }: Scenario): InboxItem {
  const item = fields(who, addressesOf(who), { at: start });
  return { ...item, ids: [...item.ids, ...placesOf(who)] };
}

/** Chats and browsers. */
function placesOf(who: Who): Identifier[] {
  const numbers = (n = 0) => Array.from({ length: n }, (_, i) => i);
  return [
    ...numbers(CHATS[who]).map((n): Identifier => ['chat_id', `chat ${n} of ${who}`]),
    ...numbers(BROWSERS[who]).map((n): Identifier => [
      'web_push',
      `https://push.example/${who}/${n}`,
    ]),
  ];
}

function addressesOf(who: Who): JsonObject {
  return {
    last_name: who,
    ...(ADDRESSED.includes(who) && { email: `${who}@example.com` }),
    ...(PHONED.includes(who) && { phone: `+38050000000${PEOPLE.indexOf(who)}` }),
  };
}

/** What a case left behind is no work for the next one. */
export async function leave({ pool, world }: Place): Promise<void> {
  const { workspaceId } = world;
  await pool.query(`update workflows set state = 'archived' where workspace_id = $1`, [
    workspaceId,
  ]);
  for (const table of ['runs', 'date_starts', 'date_plans', 'regular_starts', 'memberships']) {
    await pool.query(`delete from ${table} where workspace_id = $1`, [workspaceId]);
  }
  await world.close();
}

const NOTHING = {
  language: 1,
  start: { type: 'manual' },
  first: 'b0',
  blocks: { b0: { type: 'end', exits: {} } },
};

/** The numbers of things in the place of their names, and addresses. */
export function named(value: unknown, ids: ReadonlyMap<string, number | string>): unknown {
  if (typeof value === 'string') return ids.has(value) ? String(ids.get(value)) : value;
  if (Array.isArray(value)) return value.map((each) => named(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each, ids)]));
}

const push = { title: 'Hi', body: 'Hi' };
const CONTENTS: Record<Channel, JsonObject> = {
  email: { subject: 'Hi', html: '<a href="{{ unsubscribe_url }}">no</a>' },
  sms: { text: 'Hi' },
  viber: { text: 'Hi' },
  telegram: { text: 'Hi' },
  web_push: push,
  mobile_push: push,
  app_inbox: push,
  in_app: { html: 'Hi' },
};

/** One of each channel, by name. */
async function insertMessages(pool: Pool, workspaceId: number): Promise<[string, number][]> {
  const named: [string, number][] = [];
  for (const channel of CHANNELS) {
    const name = channel === 'email' ? '@M' : `@${channel.toUpperCase()}`;
    named.push([name, await insertMessage(pool, workspaceId, channel)]);
  }
  return named;
}

async function insertMessage(pool: Pool, workspaceId: number, channel: Channel): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, $3, $3, $3, 'en', 1, $2, $2) returning id`,
    [workspaceId, new Date(T0), channel],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into message_versions (message_id, version, content, compiled, created_at)
     values ($1, 1, $3, '{}', $2)`,
    [id, new Date(T0), JSON.stringify({ en: CONTENTS[channel] })],
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
