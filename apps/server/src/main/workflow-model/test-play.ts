import type { Pool } from '../../db/pool.ts';
import { inTransaction } from '../../db/transaction.ts';
import { reportStatuses } from '../../sends/senders/report-statuses.ts';
import type { InboxItem, JsonObject } from '../../inbox/index.ts';
import type { TestPipeline } from '../../pipeline/test-pipeline.ts';
import {
  event,
  fields,
  SLOTS,
  T0,
  user,
  workflowWorld,
  type WorkflowWorld,
} from '../test-workflows.ts';
import { aroundContacts } from '../around-contacts.ts';
import { askWaitingStart, fireRegular, planDates } from '../../runs/index.ts';
import type { Peer } from './test-peer.ts';
import { launchForRun } from '../../campaigns/launch-for-run.ts';
import { makeDueCalls } from '../../calls/drive-calls.ts';
import { MOST_BLOCKS } from './test-drawing.ts';
import { readOutcome } from './test-engine-outcome.ts';
import { EVENT_SEGMENTS, SEGMENTS } from './test-reference-conditions.ts';
import { ADDRESSED, PHONED } from './test-reference.ts';
import {
  DAY,
  PEOPLE,
  fieldsOf,
  type Batching,
  type Deed,
  type Moment,
  type Publication,
  type Scenario,
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

/** Runs that go round and round do not make a case endless. */
const MOST_STOPS = 150;

/** Where scenarios are played. */
export interface Stage {
  pool: Pool;
  pipeline: TestPipeline;
  /** Whom webhooks ask. */
  peer: Peer;
}

/** The engine's own world of a scenario: what its names stand for. */
interface Place {
  pool: Pool;
  peer: Peer;
  world: WorkflowWorld;
  /** By name. */
  ids: ReadonlyMap<string, number | string>;
  workflows: number[];
  /** The published version of each. */
  versions: number[];
  /** Which are paused. */
  paused: Set<number>;
  scenario: Scenario;
  batching: Batching;
  stops: Stop[];
}

/**
 * Plays a scenario in the engine. The clock stops at every instant at which something is due, as it
 * would while the program runs, and at some more.
 */
export async function playInEngine(
  stage: Stage,
  { scenario, batching }: { scenario: Scenario; batching: Batching },
) {
  const place = await makePlace(stage, { scenario, batching });
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
  const outcome = await readOutcome(stage.pool, place);
  await leave(place);
  return { outcome, stops };
}

async function makePlace(
  { pool, pipeline, peer }: Stage,
  { scenario, batching }: { scenario: Scenario; batching: Batching },
): Promise<Place> {
  const world = await workflowWorld(pool, pipeline, scenario);
  await world.happen(...PEOPLE.map((who) => fields(who, addressesOf(who), { at: scenario.start })));
  const ids = new Map<string, number | string>([
    ['@Y', `${peer.origin}/yes`],
    ['@N', `${peer.origin}/no`],
    ['@L0', await world.list()],
    ['@L1', await world.list()],
    ['@M', await insertMessage(pool, world.workspaceId)],
    ['@SMS', await insertMessage(pool, world.workspaceId, 'sms')],
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
  for (const [i, definition] of scenario.workflows.entries()) {
    await world.publish(workflows[i]!, 2, named(definition, ids) as JsonObject);
  }
  const versions = workflows.map(() => 2);
  const paused = new Set<number>();
  const parts = { pool, peer, world, ids, workflows, versions, paused };
  const place = { ...parts, scenario, batching, stops: [] };
  await settle(place, []);
  return place;
}

function addressesOf(who: Who): JsonObject {
  return {
    last_name: who,
    ...(ADDRESSED.includes(who) && { email: `${who}@example.com` }),
    ...(PHONED.includes(who) && { phone: `+38050000000${PEOPLE.indexOf(who)}` }),
  };
}

/** What a case left behind is no work for the next one. */
async function leave({ pool, world }: Place): Promise<void> {
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
function named(value: unknown, ids: ReadonlyMap<string, number | string>): unknown {
  if (typeof value === 'string') return ids.has(value) ? String(ids.get(value)) : value;
  if (Array.isArray(value)) return value.map((each) => named(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each, ids)]));
}

const CONTENTS = {
  email: { subject: 'Hi', html: '<a href="{{ unsubscribe_url }}">no</a>' },
  sms: { text: 'Hi' },
};

async function insertMessage(
  pool: Pool,
  workspaceId: number,
  channel: 'email' | 'sms' = 'email',
): Promise<number> {
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
    await look(place);
  }
  if (stops.length <= MOST_STOPS) world.setClock(until);
}

/** When the engine itself has something to do next. */
async function nextWake({ pool, world }: Place): Promise<number | undefined> {
  const { rows } = await pool.query<{ at: Date | null }>(
    `select least((select min(wake_at) from runs where workspace_id = $1),
                  (select min(changes_at) from memberships where workspace_id = $1),
                  (select min(due_at) from date_starts where workspace_id = $1),
                  (select min(due_at) from regular_starts where workspace_id = $1)) as at`,
    [world.workspaceId],
  );
  return rows[0]!.at?.getTime();
}

async function arrive(place: Place, moment: Moment): Promise<void> {
  const { world } = place;
  for (const { workflow, to } of moment.switched) await switchTo(place, workflow, to);
  for (const publication of moment.published) await publish(place, publication);
  // Before what takes the way of the inbox.
  await report(place, moment.deeds);
  await world.append(...itemsOf(moment.deeds, place));
  await look(place, { moment });
}

async function switchTo(
  { pool, world, workflows, paused }: Place,
  workflow: number,
  to: 'active' | 'paused',
): Promise<void> {
  const id = workflows[workflow]!;
  await pool.query(
    `update workflows set activated_at = $2 where id = $1 and state = 'paused' and $3 = 'active'`,
    [id, new Date(world.now()), to],
  );
  await world.setState(id, to);
  if (to === 'paused') paused.add(workflow);
  else paused.delete(workflow);
}

async function publish(place: Place, publication: Publication): Promise<void> {
  const { world, ids, workflows, versions, paused } = place;
  const { workflow, definition } = publication;
  if (paused.has(workflow)) return;
  const from = versions[workflow]!;
  versions[workflow] = from + 1;
  await world.publish(workflows[workflow]!, from + 1, named(definition, ids) as JsonObject);
  await world.append(...movesOf(place, publication, from));
}

/** Everybody's runs of a version follow the next one. */
function movesOf(
  { world, workflows }: Place,
  { workflow, definition, moves }: Publication,
  from: number,
): InboxItem[] {
  if (moves === undefined) return [];
  const left = Array.from({ length: MOST_BLOCKS }, (_, n) => `b${n}`).filter(
    (block) => !Object.hasOwn(definition['blocks'] as JsonObject, block),
  );
  const target = moves === 'end' ? null : 'b0';
  const blocks = Object.fromEntries(left.map((block) => [block, target]));
  return PEOPLE.map((who) => ({
    kind: 'steer',
    ids: [user(who)],
    at: world.now(),
    source: 'manual',
    workflowId: workflows[workflow]!,
    way: { kind: 'move', from, to: from + 1, blocks },
  }));
}

/** The engine does all that is to be done now. */
async function look(place: Place, what: Pick<Stop, 'moment'> = {}): Promise<void> {
  const stop: Stop = { at: place.world.now(), ...what, asked: [] };
  place.stops.push(stop);
  await settle(place, stop.asked);
}

/** The engine finds what arrived while it was down, before anything else happens. */
async function comeUp(place: Place, at: number): Promise<void> {
  place.world.setClock(at);
  await look(place);
}

/** Nobody looks; a switch of a workflow would be seen before what arrived earlier. */
async function arriveUnseen(place: Place, { later, deeds: all }: Moment): Promise<void> {
  // A report would be before what arrived earlier.
  const deeds = all.filter((deed) => deed.do !== 'report');
  const { world, stops } = place;
  stops.push({
    at: world.now(),
    moment: { later, switched: [], published: [], deeds },
    down: true,
    asked: [],
  });
  await world.append(...itemsOf(deeds, place));
}

/** What became of messages goes straight to the slots' queues. */
async function report({ pool, world }: Place, deeds: readonly Deed[]): Promise<void> {
  const { workspaceId } = world;
  for (const deed of deeds) {
    if (deed.do !== 'report') continue;
    const { rows } = await pool.query<{ contact: number; send: number; delivery: number }>(
      `select s.contact_id as contact, s.id as send, d.id as delivery
         from sends s
         join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
         join contacts c on c.id = s.contact_id
        where s.workspace_id = $1 and c.external_id = $2 and d.channel = 'sms' and d.state <> 'cancelled'
        order by s.created_at desc, s.id desc
        limit 1`,
      [workspaceId, deed.who],
    );
    if (!rows[0]) continue;
    const { contact: contactId, send: sendId, delivery: deliveryId } = rows[0];
    const told = { workspaceId, contactId, sendId, deliveryId, status: deed.status };
    const parts = { reports: [told], slots: SLOTS, now: new Date(world.now()) };
    await inTransaction(pool, (tx) => reportStatuses(tx, parts));
  }
}

function itemsOf(deeds: readonly Deed[], place: Place): InboxItem[] {
  return deeds.flatMap((deed) => (deed.do === 'report' ? [] : [itemOf(deed, place)]));
}

function itemOf(
  deed: Exclude<Deed, { do: 'report' }>,
  { world, ids, workflows, scenario }: Place,
): InboxItem {
  const at = world.now();
  const base = { ids: [user(deed.who)], at, source: 'api' as const };
  switch (deed.do) {
    case 'event': {
      const { who, event: name, params, key, past, ago } = deed;
      return event(who, name, params, { at: at - ago, past, ...(key !== undefined && { key }) });
    }
    case 'date':
      return fields(deed.who, fieldsOf(deed, scenario), { at });
    case 'order': {
      const { who, id, status, total } = deed;
      const order = { externalOrderId: `${who} ${id}`, status, total };
      return { ...base, kind: 'order', order, fields: {} };
    }
    case 'fields':
      return fields(deed.who, deed.set, { at, source: deed.by });
    case 'list': {
      const list = [ids.get(deed.list) as number];
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
async function settle(place: Place, asked: Stop['asked']): Promise<void> {
  const { pool, world } = place;
  const clock = () => new Date(world.now());
  const parts = { pool, questions: aroundContacts.questions, slots: SLOTS, clock };
  do {
    await drain(place);
    while ((await fireRegular(parts)) || (await planDates(parts)));
    asked.push(...(await waitingStarts(place)));
    while (await askWaitingStart(parts));
    await makeDueCalls({ ...place.peer, ...parts });
    while (await launchForRun(parts));
  } while (await isOpen(place));
}

/** Who an event is of that starts a workflow for others, in the order in which it is asked. */
async function waitingStarts({ pool, workflows }: Place): Promise<Stop['asked']> {
  const { rows } = await pool.query<{ who: Who; workflow: number }>(
    `select c.external_id as who, array_position($1::bigint[], s.workflow_id) - 1 as workflow
       from waiting_starts s join contacts c on c.id = s.contact_id
      order by s.id`,
    [workflows],
  );
  return rows;
}

async function drain(place: Place): Promise<void> {
  const { workers, resolved: resolvedAtOnce, applied: appliedAtOnce } = place.batching;
  do await place.world.drain({ workers, resolvedAtOnce, appliedAtOnce });
  while (await isOpen(place));
}

async function isOpen({ pool }: Place): Promise<boolean> {
  const { rows } = await pool.query<{ n: number }>(
    `select (select count(*) from inbox) + (select count(*) from slot_queue) as n`,
  );
  return rows[0]!.n > 0;
}
