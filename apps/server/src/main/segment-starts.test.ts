import { afterAll, describe, expect, test } from 'vitest';
import type { Definition } from '@perennial/conditions';
import { createFieldCatalogue } from '../contacts/index.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { createEventTypes } from '../events/index.ts';
import type { Origin } from '../http/index.ts';
import type { Identifier, InboxItem, JsonObject } from '../inbox/index.ts';
import { doSlice } from '../jobs/do-work.ts';
import { segmentWorld, type SegmentWorld } from '../pipeline/test-segments.ts';
import { testPipeline } from '../pipeline/test-pipeline.ts';
import { askWaitingStart } from '../runs/index.ts';
import { recomputeAfterDeletion } from '../segments/index.ts';
import { publishWorkflow, setWorkflowState } from '../workflows/index.ts';
import { aroundContacts, settle } from './around-contacts.ts';
import { createEngine } from './create-engine.ts';
import { longWork } from './long-work.ts';
import { testRender } from '../messages/rendering/test-render.ts';

const T0 = Date.UTC(2026, 5, 1, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SLOTS = 8;

const { pool } = await testDatabase();
const engine = createEngine({
  eventTypes: createEventTypes(pool),
  fields: createFieldCatalogue(),
  slots: SLOTS,
  render: testRender,
});
const pipeline = await testPipeline(pool, {
  clock: () => new Date(T0),
  slots: SLOTS,
  parts: { engine },
});
const worlds: SegmentWorld[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

let made = 0;

/** A world of segments with workflows. */
async function newWorld() {
  const world = await segmentWorld(pool, pipeline, { start: T0 });
  worlds.push(world);
  const { workspaceId } = world;
  const raise = () =>
    pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
      workspaceId,
    ]);

  async function workflow(definition: JsonObject, state = 'active'): Promise<number> {
    made += 1;
    const { rows } = await pool.query<{ id: number }>(
      `insert into workflows (workspace_id, key, name, state, draft, published_version, created_at, updated_at)
       values ($1, $2, $2, $3, $4, 1, $5, $5) returning id`,
      [workspaceId, `w${made}`, state, JSON.stringify(definition), new Date(T0)],
    );
    const { id } = rows[0]!;
    await pool.query(
      `insert into workflow_versions (workflow_id, version, definition, published_at) values ($1, 1, $2, $3)`,
      [id, JSON.stringify(definition), new Date(T0)],
    );
    await raise();
    return id;
  }

  return {
    ...world,
    raise,
    workflow,
    parts: {
      pool,
      questions: aroundContacts.questions,
      slots: SLOTS,
      clock: () => new Date(world.now()),
    },
    /** Items, applied a moment after they are sent. */
    async happen(...items: InboxItem[]) {
      await world.append(...items);
      await world.drain();
    },
    /** Whom the events that wait start, and their first steps. */
    async startWaiting() {
      while (await askWaitingStart(this.parts));
      await world.drain();
    },
    /** Runs as `who KEY BLOCK STATE`, in the order in which they began. */
    async runs(id: number): Promise<string[]> {
      const { rows } = await pool.query<{ line: string }>(
        `select concat_ws(' ', c.external_id, nullif(r.key, ''), r.block, r.state) as line
           from runs r join contacts c on c.id = r.contact_id
          where r.workflow_id = $1 order by r.started_at, c.external_id, r.id`,
        [id],
      );
      return rows.map((row) => row.line);
    },
    /** Refusals as `who REASON`. */
    async refusals(id: number): Promise<string[]> {
      const { rows } = await pool.query<{ line: string }>(
        `select concat_ws(' ', coalesce(c.external_id, 'nobody'), n.reason) as line
           from not_started n left join contacts c on c.id = n.contact_id
          where n.workflow_id = $1 order by n.id`,
        [id],
      );
      return rows.map((row) => row.line);
    },
    async counted(id: number): Promise<Record<string, number>> {
      const { rows } = await pool.query<{ what: string; n: number }>(
        `select what, sum(n)::integer as n from workflow_counts
          where workflow_id = $1 and block = '' group by what`,
        [id],
      );
      return Object.fromEntries(rows.map((row) => [row.what, row.n]));
    },
  };
}

const user = (who: string): Identifier => ['external_id', who];

interface Told {
  at?: number;
  key?: string;
  past?: boolean;
}

function event(who: string, name: string, params: JsonObject = {}, told: Told = {}): InboxItem {
  const { at = T0, key, past = false } = told;
  return {
    kind: 'event',
    ids: [user(who)],
    event: name,
    params,
    at,
    source: 'sdk',
    ownTime: false,
    createContact: true,
    ...(key !== undefined && { key }),
    ...(past && { flags: 1 }),
  };
}

function nobodys(name: string, params: JsonObject = {}, told: Told = {}): InboxItem {
  return { ...event('', name, params, told), ids: [], createContact: false } as InboxItem;
}

/** The same of somebody whom nobody knows by name yet. */
function anonymous(id: string, item: InboxItem): InboxItem {
  return { ...item, ids: [['anonymous_id', id]] };
}

/** Somebody nobody knew turns out to be this user. */
function known(id: string, who: string): InboxItem {
  return {
    kind: 'identify',
    ids: [user(who), ['anonymous_id', id]],
    fields: {},
    at: T0,
    source: 'identify',
  };
}

function enter(who: string, list: number): InboxItem {
  return { kind: 'membership', ids: [user(who)], lists: { add: [list] }, at: T0, source: 'api' };
}

/** Waits for a day, so that runs can be seen. */
function waiting(start: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    language: 1,
    start,
    first: 'b1',
    blocks: { b1: { type: 'timer', wait: { n: 1, unit: 'day' } } },
    ...more,
  };
}

const entering = (segment: number, more: JsonObject = {}): JsonObject => ({
  type: 'segment',
  segment: String(segment),
  mode: 'entry',
  ...more,
});

const did = (name: string, more: object = {}): Definition['include'] =>
  ({ type: 'event', event: name, period: { kind: 'ever' }, ...more }) as never;

const by: Origin = {
  actor: { kind: 'user', id: 1, name: 'Ada' },
  at: new Date(T0),
} as never;

describe('entering a dynamic segment', () => {
  test.each<[string, Told]>([
    ['late', { at: T0 - 2 * DAY }],
    ['past', { past: true }],
  ])('starts whatever %s event came along that has nothing to do with it', async (_how, told) => {
    const world = await newWorld();
    const segment = await world.segment(did('Opened'));
    const workflow = await world.workflow(waiting(entering(segment)));
    await world.happen(event('ada', 'Closed'));
    await world.happen(event('ada', 'Closed', {}, told), event('ada', 'Opened'));
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting']);
    expect(await world.refusals(workflow)).toEqual([]);
  });

  test('starts by what the contact did, with an empty key and nothing of the event', async () => {
    const world = await newWorld();
    const segment = await world.segment(did('Opened'));
    const workflow = await world.workflow(waiting(entering(segment)));
    await world.happen(event('ada', 'Opened', { a: 1 }, { key: 'k' }), event('bob', 'Closed'));
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting']);
    const { rows } = await pool.query<{ key: string; context: JsonObject }>(
      `select key, context from runs where workflow_id = $1`,
      [workflow],
    );
    expect(rows[0]).toMatchObject({
      key: '',
      context: { kind: 'segment', segment: String(segment), cause: 'data', params: {} },
    });
  });

  test('starts by time, also when the program was down at that instant', async () => {
    const world = await newWorld();
    const silent = await world.segment(
      did('Opened', {
        measure: { kind: 'last' },
        period: { kind: 'longer_ago', n: 9, unit: 'day' },
      }),
    );
    const workflow = await world.workflow(waiting(entering(silent)));
    await world.happen(event('ada', 'Opened'));
    expect(await world.runs(workflow)).toEqual([]);
    await world.moveTo(T0 + 12 * DAY);
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting']);
    expect(await world.log(silent)).toEqual([`+ada ${new Date(T0 + 9 * DAY).toISOString()} time`]);
  });

  test('starts nothing by events of the past and by late ones, which are told so', async () => {
    const world = await newWorld();
    const segment = await world.segment(did('Opened'));
    const workflow = await world.workflow(waiting(entering(segment)));
    await world.happen(event('ada', 'Opened', {}, { at: T0 - HOUR, past: true }));
    await world.happen({
      ...event('bob', 'Opened', {}, { at: T0 - 25 * HOUR }),
      ownTime: true,
    } as InboxItem);
    await world.happen({
      ...event('cy', 'Opened', {}, { at: T0 - 23 * HOUR }),
      ownTime: true,
    } as InboxItem);
    expect(await world.runs(workflow)).toEqual(['cy b1 waiting']);
    expect(await world.refusals(workflow)).toEqual(['ada past', 'bob late']);
  });

  test('starts nothing when contacts become one', async () => {
    const world = await newWorld();
    const segment = await world.segment({ all: [did('Opened'), did('Bought')] });
    const workflow = await world.workflow(waiting(entering(segment)));
    await world.happen(event('ada', 'Opened'), anonymous('a1', event('', 'Bought')));
    await world.happen(known('a1', 'ada'));
    expect(await world.members(segment)).toEqual(['ada']);
    expect(await world.runs(workflow)).toEqual([]);
    expect(await world.refusals(workflow)).toEqual(['ada merge']);
  });

  test('starts nothing for entries of other segments, and counts none of them', async () => {
    const world = await newWorld();
    const [mine, other] = [await world.segment(did('Opened')), await world.segment(did('Closed'))];
    const workflow = await world.workflow(waiting(entering(mine)));
    await world.happen(event('ada', 'Closed'));
    expect(await world.members(other)).toEqual(['ada']);
    expect(await world.counted(workflow)).toEqual({});
  });

  test('is refused by the limits as any start is', async () => {
    const world = await newWorld();
    const recent = await world.segment(
      did('Opened', { period: { kind: 'last', n: 1, unit: 'hour' } }),
    );
    const limits = { reentry: 'once', one_at_a_time: false };
    const workflow = await world.workflow(waiting(entering(recent), { limits }));
    await world.happen(event('ada', 'Opened'));
    await world.moveTo(T0 + 2 * HOUR);
    await world.happen(event('ada', 'Opened', {}, { at: T0 + 2 * HOUR }));
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting']);
    expect(await world.refusals(workflow)).toEqual(['ada reentry']);
  });
});

test('entering a list starts, whoever put the contact there', async () => {
  const world = await newWorld();
  const list = await world.list();
  const workflow = await world.workflow(waiting(entering(list)));
  await world.happen(event('ada', 'Opened'));
  await world.happen(enter('ada', list));
  await world.happen(enter('ada', list));
  expect(await world.runs(workflow)).toEqual(['ada b1 waiting']);
});

/** Does the long work of a world to its end; answers how many jobs there were. */
async function work(world: Awaited<ReturnType<typeof newWorld>>): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from jobs where workspace_id = $1 and state in ('queued', 'running')`,
    [world.workspaceId],
  );
  for (const { id } of rows) {
    const { signal: stopping } = new AbortController();
    const parts = { pool, kinds: longWork, clock: world.parts.clock, stopping };
    while ((await doSlice(parts, { id })) === 'go on');
  }
  await world.drain();
  return rows.length;
}

describe('members at activation', () => {
  async function activated(existing: boolean, { unknown = false } = {}) {
    const world = await newWorld();
    const segment = await world.segment(did('Opened'));
    await world.happen(event('ada', 'Opened'), event('bob', 'Opened'), event('cy', 'Closed'));
    if (unknown) await world.happen(anonymous('a1', event('', 'Opened')));
    const workflow = await world.workflow(waiting(entering(segment, { existing })), 'draft');
    await inTransaction(pool, (tx) =>
      setWorkflowState(tx, {
        workspaceId: world.workspaceId,
        id: workflow,
        state: 'active',
        by: { ...by, at: new Date(world.now()) },
        settle,
      }),
    );
    return { world, workflow };
  }

  test('start when that is asked for, each once, and nobody for whom it was too late', async () => {
    const { world, workflow } = await activated(true);
    // Between the activation and the work: one leaves, as it were, and one enters.
    await world.happen(event('dan', 'Opened'));
    expect(await world.runs(workflow)).toEqual(['dan b1 waiting']);
    await work(world);
    expect((await world.runs(workflow)).toSorted()).toEqual([
      'ada b1 waiting',
      'bob b1 waiting',
      'dan b1 waiting',
    ]);
    expect(await world.refusals(workflow)).toEqual([]);
    const { rows } = await pool.query(`select from job_contacts`);
    expect(rows).toEqual([]);
  });

  test('start as time made them, though nobody has written that down', async () => {
    const world = await newWorld();
    const silent = await world.segment(
      did('Opened', {
        measure: { kind: 'last' },
        period: { kind: 'longer_ago', n: 2, unit: 'day' },
      }),
    );
    const active = await world.segment(
      did('Opened', { period: { kind: 'last', n: 2, unit: 'day' } }),
    );
    const starting = (segment: number) =>
      world.workflow(waiting(entering(segment, { existing: true })), 'draft');
    const [forSilent, forActive] = [await starting(silent), await starting(active)];
    await world.happen(event('ada', 'Opened'));
    await world.moveTo(T0 + DAY);
    await world.happen(event('bob', 'Opened', {}, { at: T0 + DAY }));
    world.setClock(T0 + 2 * DAY + HOUR);
    for (const id of [forSilent, forActive]) {
      const of = { workspaceId: world.workspaceId, id, settle };
      const at = new Date(world.now());
      await inTransaction(pool, (tx) =>
        setWorkflowState(tx, { ...of, state: 'active', by: { ...by, at } }),
      );
    }
    await work(world);
    expect(await world.runs(forActive)).toEqual(['bob b1 waiting']);
    // By entering, once that is written down.
    expect(await world.runs(forSilent)).toEqual(['ada b1 waiting']);
  });

  test('who became one with another meanwhile starts once', async () => {
    const { world, workflow } = await activated(true, { unknown: true });
    await world.happen(known('a1', 'ada'));
    await work(world);
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting', 'bob b1 waiting']);
    expect(await world.refusals(workflow)).toEqual([]);
  });

  test('do not start unless that is asked for', async () => {
    const { world, workflow } = await activated(false);
    expect(await work(world)).toBe(0);
    expect(await world.runs(workflow)).toEqual([]);
  });

  test('do not start when a pause is over, and start when a version that asks for them is published', async () => {
    const { world, workflow } = await activated(false);
    const of = { workspaceId: world.workspaceId, id: workflow, by };
    const { rows } = await pool.query<{ draft: JsonObject }>(
      `select draft from workflows where id = $1`,
      [workflow],
    );
    const { draft } = rows[0]!;
    const start = { ...(draft['start'] as JsonObject), existing: true };
    const publish = async (changed: JsonObject): Promise<void> => {
      await pool.query(`update workflows set draft = $2 where id = $1`, [
        workflow,
        JSON.stringify(changed),
      ]);
      await inTransaction(pool, (tx) => publishWorkflow(tx, { ...of, settle }));
    };
    await publish({ ...draft, start });
    expect(await work(world)).toBe(1);
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting', 'bob b1 waiting']);
    await publish({ ...draft, start, stop: [{ type: 'event', event: 'Closed' }] });
    await inTransaction(pool, (tx) => setWorkflowState(tx, { ...of, state: 'paused' }));
    await inTransaction(pool, (tx) => setWorkflowState(tx, { ...of, state: 'active', settle }));
    expect(await work(world)).toBe(0);
  });
});

describe('an event for everybody in a segment', () => {
  const readers = did('BookStarted', {
    where: { param: 'book', op: 'equals', value: { $event: 'book' } },
  });
  const start = (segment: number, more: JsonObject = {}): JsonObject => ({
    type: 'event_segment',
    event: 'ChapterPublished',
    segment: String(segment),
    ...more,
  });

  async function library(more: JsonObject = {}, rest: JsonObject = {}) {
    const world = await newWorld();
    const segment = await world.segment(readers);
    const workflow = await world.workflow(waiting(start(segment, more), rest));
    await world.happen(
      event('ada', 'BookStarted', { book: 'b7' }),
      event('bob', 'BookStarted', { book: 7 }),
      event('cy', 'BookStarted', { book: 'b7' }),
    );
    return { world, segment, workflow };
  }

  test('starts whoever matches it, though the event is nobody’s', async () => {
    const { world, segment, workflow } = await library({ key: 'chapter' });
    await world.happen(nobodys('ChapterPublished', { book: 'b7', chapter: 3 }));
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual(['ada 3 b1 waiting', 'cy 3 b1 waiting']);
    expect(await world.members(segment)).toEqual([]);
    const { rows } = await pool.query<{ context: JsonObject }>(
      `select context from runs where workflow_id = $1`,
      [workflow],
    );
    expect(rows[0]!.context).toMatchObject({ kind: 'event', params: { book: 'b7', chapter: 3 } });
  });

  test('starts whoever matches the event of a contact, who need not match', async () => {
    const { world, workflow } = await library();
    await world.happen(event('bob', 'ChapterPublished', { book: 'b7' }));
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting', 'cy b1 waiting']);
  });

  test('starts members of a list, too', async () => {
    const world = await newWorld();
    const list = await world.list();
    const workflow = await world.workflow(waiting(start(list)));
    await world.happen(event('ada', 'Opened'), event('bob', 'Opened'));
    await world.happen(enter('bob', list));
    await world.happen(nobodys('ChapterPublished'));
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual(['bob b1 waiting']);
  });

  test('starts nobody when it lacks a value, whatever the rule negates', async () => {
    const world = await newWorld();
    const segment = await world.segment({ not: readers });
    const workflow = await world.workflow(waiting(start(segment)));
    await world.happen(event('ada', 'BookStarted', { book: 'b7' }));
    await world.happen(nobodys('ChapterPublished', { chapter: 3 }));
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual([]);
    expect(await world.refusals(workflow)).toEqual(['nobody missing_parameter']);
    const { rows } = await pool.query<{ details: JsonObject }>(
      `select details from not_started where workflow_id = $1`,
      [workflow],
    );
    expect(rows[0]!.details).toEqual({ parameters: ['book'] });
    expect(await world.counted(workflow)).toEqual({ 'not_started:missing_parameter': 1 });
  });

  test('starts nobody when it is of the past, late, filtered out or of a workflow that rests', async () => {
    const { world, workflow } = await library({
      where: { param: 'free', op: 'equals', value: true },
    });
    const told = { book: 'b7', free: true };
    await world.happen(nobodys('ChapterPublished', told, { at: T0 - HOUR, past: true }));
    await world.happen({
      ...nobodys('ChapterPublished', told, { at: T0 - 25 * HOUR }),
      ownTime: true,
    } as InboxItem);
    await world.happen(nobodys('ChapterPublished', { book: 'b7', free: false }));
    await pool.query(`update workflows set state = 'paused' where id = $1`, [workflow]);
    await world.raise();
    await world.happen(nobodys('ChapterPublished', told));
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual([]);
    expect(await world.refusals(workflow)).toEqual(['nobody past', 'nobody late']);
    expect(await world.counted(workflow)).toEqual({
      'not_started:past': 1,
      'not_started:late': 1,
      'not_started:where': 1,
      'not_started:inactive': 1,
    });
  });

  test('checks each contact in the order of the language', async () => {
    const { world, workflow } = await library(
      { key: 'chapter', unique: 'once' },
      {
        stop: [{ type: 'event', event: 'Closed', lookback: { n: 1, unit: 'day' } }],
        limits: { one_at_a_time: 'contact', reentry: 'always' },
      },
    );
    await world.happen(nobodys('ChapterPublished', { book: 'b7', chapter: 1 }));
    await world.startWaiting();
    await world.happen(event('cy', 'Closed'));
    await world.happen(nobodys('ChapterPublished', { book: 'b7', chapter: 1 }));
    await world.happen(nobodys('ChapterPublished', { book: 'b7', chapter: 2 }));
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual(['ada 1 b1 waiting', 'cy 1 b1 stopped']);
    expect((await world.refusals(workflow)).toSorted()).toEqual([
      'ada one_at_a_time',
      'ada unique',
      'cy stop',
      'cy stop',
    ]);
  });

  test('is stopped by what came between it and the start', async () => {
    const { world, workflow } = await library(
      {},
      { stop: [{ type: 'event', event: 'Closed' }], limits: { one_at_a_time: false } },
    );
    await world.happen(event('ada', 'Closed', {}, { at: T0 - MINUTE }));
    await world.happen(nobodys('ChapterPublished', { book: 'b7' }));
    world.setClock(T0 + MINUTE);
    await world.happen(event('cy', 'Closed', {}, { at: T0 + MINUTE }));
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting']);
    expect(await world.refusals(workflow)).toEqual(['cy stop']);
  });

  test('starts each contact once when the program is killed between the event and the starts', async () => {
    const { world, workflow } = await library();
    await world.happen(nobodys('ChapterPublished', { book: 'b7' }));
    for (let reads = 1; reads <= 2; reads += 1) {
      let left = reads;
      const killed = {
        ...world.parts,
        clock: () => {
          left -= 1;
          if (left === 0) throw new Error('killed');
          return world.parts.clock();
        },
      };
      await expect(askWaitingStart(killed)).rejects.toThrow('killed');
    }
    await world.startWaiting();
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual(['ada b1 waiting', 'cy b1 waiting']);
  });

  test('means whom time let in and out before the event, though nobody wrote it down', async () => {
    const world = await newWorld();
    const hour = { period: { kind: 'last', n: 1, unit: 'hour' } };
    const active = await world.segment(did('Opened', hour));
    const silent = await world.segment({
      all: [did('Opened'), { not: did('Opened', hour) }],
    });
    const start = (segment: number) => ({
      type: 'event_segment',
      event: 'ChapterPublished',
      segment: String(segment),
    });
    const starting = [await world.workflow(waiting(start(active)))];
    starting.push(await world.workflow(waiting(start(silent))));
    await world.happen(event('ada', 'Opened'));
    const { rows: before } = await pool.query<JsonObject>(
      `select to_jsonb(m) as row from memberships m where segment_id = any($1)`,
      [[active, silent]],
    );
    expect(before).toHaveLength(2);
    world.setClock(T0 + 2 * HOUR);
    await world.happen(nobodys('ChapterPublished', {}, { at: T0 + 2 * HOUR }));
    // The question may be asked before a worker has come to the contact's slot.
    await pool.query(`delete from memberships where segment_id = any($1)`, [[active, silent]]);
    await pool.query(
      `insert into memberships select (jsonb_populate_record(null::memberships, row)).*
         from unnest($1::jsonb[]) as row`,
      [before.map(({ row }) => JSON.stringify(row))],
    );
    while (await askWaitingStart(world.parts));
    await world.drain();
    expect(await world.runs(starting[0]!)).toEqual([]);
    expect(await world.runs(starting[1]!)).toEqual(['ada b1 waiting']);
  });

  test('starts who became one with another once', async () => {
    const { world, workflow } = await library(
      {},
      { blocks: { b1: { type: 'end' } }, limits: { one_at_a_time: false } },
    );
    await world.happen(anonymous('a1', event('', 'BookStarted', { book: 'b7' })));
    await world.happen(nobodys('ChapterPublished', { book: 'b7' }));
    while (await askWaitingStart(world.parts));
    // The start of the one waits in its queue, that of the other is done, and they become one.
    const { rows } = await pool.query<{ id: number }>(
      `select id from contacts where workspace_id = $1 and external_id is null`,
      [world.workspaceId],
    );
    const held = await pool.query(
      `with held as (delete from slot_queue where slot = $1 returning slot, lane, n, received_at, payload)
       select * from held`,
      [rows[0]!.id % SLOTS],
    );
    await world.happen(known('a1', 'ada'));
    for (const { slot, lane, n, received_at: at, payload } of held.rows as {
      slot: number;
      lane: number;
      n: number;
      received_at: Date;
      payload: Buffer;
    }[]) {
      await pool.query(
        `insert into slot_queue (slot, lane, n, received_at, payload) values ($1, $2, $3, $4, $5)`,
        [slot, lane, n, at, payload],
      );
    }
    await world.drain();
    expect(await world.runs(workflow)).toEqual(['ada b1 completed', 'cy b1 completed']);
  });

  test('starts nobody when the person whose event it is was erased meanwhile', async () => {
    const { world, workflow } = await library();
    await world.happen(event('bob', 'ChapterPublished', { book: 'b7' }));
    const erasure = await pool.query<{ id: number }>(
      `insert into erasures (workspace_id, contact_ids, requested_by, requested_at)
       values ($1, $2, 'Ada', $3) returning id`,
      [world.workspaceId, [await world.contactId('bob')], new Date(T0)],
    );
    await world.happen({
      kind: 'erase',
      ids: [['contact', String(await world.contactId('bob'))]],
      erasureId: erasure.rows[0]!.id,
      at: T0,
      source: 'manual',
    });
    const { rows } = await pool.query(`select from waiting_starts where workspace_id = $1`, [
      world.workspaceId,
    ]);
    expect(rows).toEqual([]);
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual([]);
  });

  test('is given up after some tries, which is told', async () => {
    const { world, workflow } = await library();
    await world.happen(nobodys('ChapterPublished', { book: 'b7' }));
    const broken = { ...world.parts, questions: { ...world.parts.questions, events: undefined } };
    for (let tried = 0; tried < 3; tried += 1) {
      expect(await askWaitingStart(broken as never)).toBe(true);
      expect(await askWaitingStart(broken as never)).toBe(false);
      world.setClock(world.now() + MINUTE);
    }
    await world.startWaiting();
    expect(await world.runs(workflow)).toEqual([]);
    expect(await world.refusals(workflow)).toEqual(['nobody not_evaluated']);
  });

  test('decides in `if` for the contact of the run, and says which value the event lacks', async () => {
    const world = await newWorld();
    const segment = await world.segment(readers);
    const condition = { not: { type: 'segment', segment: String(segment) } };
    const workflow = await world.workflow(
      waiting(
        { type: 'event', event: 'Asked' },
        {
          blocks: {
            b1: { type: 'if', condition, exits: { yes: 'b2', no: 'b3' } },
            b2: { type: 'end' },
            b3: { type: 'end' },
          },
        },
      ),
    );
    await world.happen(event('ada', 'BookStarted', { book: 'b7' }));
    await world.happen(event('ada', 'Asked', { book: 'b7' }));
    await world.happen(event('bob', 'Asked', { book: 'b7' }));
    await world.happen(event('cy', 'Asked'));
    expect((await world.runs(workflow)).toSorted()).toEqual([
      'ada b3 completed',
      'bob b2 completed',
      'cy b3 completed',
    ]);
    const { rows } = await pool.query<{ decided_by: JsonObject }>(
      `select decided_by from run_steps s join contacts c on c.id = s.contact_id
        where s.workspace_id = $1 and c.external_id = 'cy' and s.type = 'if'`,
      [world.workspaceId],
    );
    expect(rows[0]!.decided_by).toMatchObject({ result: false, missing: ['book'] });
  });
});

describe('segments of who is in a workflow', () => {
  const inside = (workflow: number, state: string) =>
    ({ type: 'workflow', workflow: String(workflow), state }) as never;

  test('are entered and left as runs begin and end', async () => {
    const world = await newWorld();
    const workflow = await world.workflow(
      waiting({ type: 'event', event: 'Opened' }, { stop: [{ type: 'event', event: 'Closed' }] }),
    );
    const [running, stopped, completed] = [
      await world.segment(inside(workflow, 'running')),
      await world.segment(inside(workflow, 'stopped')),
      await world.segment(inside(workflow, 'completed')),
    ];
    await world.happen(event('ada', 'Opened'), event('bob', 'Opened'));
    expect(await world.members(running)).toEqual(['ada', 'bob']);
    await world.happen(event('ada', 'Closed'));
    expect(await world.members(running)).toEqual(['bob']);
    expect(await world.members(stopped)).toEqual(['ada']);
    await world.moveTo(T0 + 2 * DAY);
    expect(await world.members(running)).toEqual([]);
    expect(await world.members(completed)).toEqual(['bob']);
  });

  test('are asked when a computation stops runs', async () => {
    const world = await newWorld();
    await world.happen(event('ada', 'Vip'), event('bob', 'Closed'));
    const vip = await world.segment(did('Vip'));
    const workflow = await world.workflow(
      waiting(
        { type: 'event', event: 'Opened' },
        { stop: [{ type: 'segment', segment: String(vip) }] },
      ),
    );
    const running = await world.segment(inside(workflow, 'running'));
    const nested = await world.segment({ type: 'segment', segment: String(running) } as never);
    await world.happen(event('ada', 'Opened'), event('bob', 'Opened'));
    expect(await world.members(running)).toEqual(['ada', 'bob']);
    world.setClock(T0 + MINUTE);
    const { workspaceId } = world;
    const now = new Date(T0 + MINUTE);
    await inTransaction(pool, (tx) =>
      recomputeAfterDeletion(tx, { workspaceId, eventType: 'Vip', now }),
    );
    await work(world);
    expect(await world.runs(workflow)).toEqual(['ada b1 stopped', 'bob b1 waiting']);
    for (const segment of [running, nested]) {
      expect(await world.members(segment)).toEqual(['bob']);
      expect((await world.log(segment)).at(-1)).toBe(`-ada ${now.toISOString()} data`);
    }
  });

  test('start and stop further workflows', async () => {
    const world = await newWorld();
    const first = await world.workflow(waiting({ type: 'event', event: 'Opened' }));
    const running = await world.segment(inside(first, 'running'));
    const second = await world.workflow(waiting(entering(running)));
    const third = await world.workflow(
      waiting(
        { type: 'event', event: 'Looked' },
        { stop: [{ type: 'segment', segment: String(running) }] },
      ),
    );
    await world.happen(event('ada', 'Looked'));
    await world.happen(event('ada', 'Opened'));
    expect(await world.runs(second)).toEqual(['ada b1 waiting']);
    expect(await world.runs(third)).toEqual(['ada b1 stopped']);
  });

  test('make no circle without end', async () => {
    const world = await newWorld();
    const workflow = await world.workflow(
      waiting({ type: 'manual' }, { blocks: { b1: { type: 'end' } } }),
    );
    const outside = await world.segment({
      all: [did('Opened'), { not: inside(workflow, 'running') }],
    });
    const definition = waiting(entering(outside), {
      blocks: { b1: { type: 'end' } },
      limits: { one_at_a_time: false },
    });
    await pool.query(
      `update workflow_versions set version = 2, definition = $2 where workflow_id = $1`,
      [workflow, JSON.stringify(definition)],
    );
    await pool.query(`update workflows set published_version = 2 where id = $1`, [workflow]);
    await world.raise();
    await world.happen(event('ada', 'Opened'));
    expect(await world.refusals(workflow)).toEqual(['ada loop']);
    expect((await world.runs(workflow)).length).toBeLessThan(12);
  });
});

test('a stop by a dynamic segment acts when time lets the contact in', async () => {
  const world = await newWorld();
  const silent = await world.segment(
    did('Opened', {
      measure: { kind: 'last' },
      period: { kind: 'longer_ago', n: 2, unit: 'hour' },
    }),
  );
  const workflow = await world.workflow(
    waiting(
      { type: 'event', event: 'Opened' },
      { stop: [{ type: 'segment', segment: String(silent) }] },
    ),
  );
  await world.happen(event('ada', 'Opened'));
  expect(await world.runs(workflow)).toEqual(['ada b1 waiting']);
  await world.moveTo(T0 + 3 * HOUR);
  expect(await world.runs(workflow)).toEqual(['ada b1 stopped']);
});
