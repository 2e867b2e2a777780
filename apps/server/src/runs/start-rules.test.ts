import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { FACT_FLAGS } from '../events/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import {
  createRunWorld,
  DAY,
  HOUR,
  MINUTE,
  T0,
  type Happening,
  type RunWorld,
} from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;

beforeEach(async () => {
  world = await createRunWorld(pool);
});

const MONTH = { n: 1, unit: 'month' };

/** A workflow whose runs rest for a month, so that they stay active. */
function resting(values: {
  start?: JsonObject;
  limits?: JsonObject;
  stop?: JsonObject[];
}): JsonObject {
  return {
    language: 1,
    start: { type: 'event', event: 'Ordered', ...values.start },
    stop: values.stop ?? [],
    limits: values.limits ?? {},
    first: 'b1',
    blocks: { b1: { type: 'timer', wait: MONTH } },
  };
}

/** The same, but each run ends at once. */
function ending(values: Parameters<typeof resting>[0]): JsonObject {
  return { ...resting(values), blocks: { b1: { type: 'end' } } };
}

type Event = Omit<Happening, 'contact' | 'event'> & { event?: string };

/** What each event led to: the key of the run it started, or the reason why it started none. */
async function outcomesOf(definition: JsonObject, events: Event[]): Promise<string[]> {
  const workflow = await world.workflow(definition);
  const contact = await world.contact();
  const outcomes: string[] = [];
  for (const event of events) {
    const before = await tally(workflow);
    await world.apply({ contact, event: 'Ordered', ...event });
    await world.step(event.at);
    const after = await tally(workflow);
    const news = Object.keys(after).find((name) => after[name] !== before[name]);
    outcomes.push(news ?? 'nothing');
  }
  return outcomes;
}

async function tally(workflow: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, n] of Object.entries(await world.counts(workflow))) {
    const outcome = /^(?:not_started:(?<reason>.*)|started)$/.exec(name);
    if (outcome) counts[outcome.groups!['reason'] ?? 'started'] = n;
  }
  return counts;
}

describe('how often a workflow starts', () => {
  const at = (...offsets: number[]): Event[] => offsets.map((offset) => ({ at: T0 + offset }));
  const keyed = (...keys: string[]): Event[] =>
    keys.map((key, i) => ({ at: T0 + i * MINUTE, key }));

  test.each<[string, JsonObject, Event[], string[]]>([
    [
      'by default one active run with the same key',
      resting({}),
      keyed('A', 'A', 'B'),
      ['started', 'one_at_a_time', 'started'],
    ],
    [
      'by default again when the run has ended',
      ending({}),
      at(0, 1, 2),
      ['started', 'started', 'started'],
    ],
    [
      'one active run whatever the key',
      resting({ limits: { one_at_a_time: 'contact' } }),
      keyed('A', 'B'),
      ['started', 'one_at_a_time'],
    ],
    [
      'any number of active runs',
      resting({ limits: { one_at_a_time: false } }),
      keyed('A', 'A', 'B'),
      ['started', 'started', 'started'],
    ],
    [
      'once for a key',
      ending({ start: { unique: 'once' } }),
      keyed('A', 'B', 'A', 'B'),
      ['started', 'started', 'unique', 'unique'],
    ],
    [
      'once within a time for a key, counted from the earlier start',
      ending({ start: { unique: { n: 1, unit: 'hour' } } }),
      at(0, HOUR - 1, HOUR, HOUR + 1, 2 * HOUR),
      ['started', 'unique', 'started', 'unique', 'started'],
    ],
    [
      'once for a contact',
      ending({ limits: { reentry: 'once' } }),
      keyed('A', 'B'),
      ['started', 'reentry'],
    ],
    [
      'once within a time for a contact',
      ending({ limits: { reentry: { n: 7, unit: 'day' } } }),
      at(0, 7 * DAY - 1, 7 * DAY),
      ['started', 'reentry', 'started'],
    ],
    [
      'with the first refusal of several recorded',
      resting({ start: { unique: 'once' }, limits: { reentry: 'once' } }),
      keyed('A', 'A', 'B'),
      ['started', 'unique', 'reentry'],
    ],
    [
      'refused starts do not count',
      ending({
        start: { unique: { n: 1, unit: 'hour' } },
        limits: { one_at_a_time: false },
      }),
      at(0, 30 * MINUTE, 61 * MINUTE),
      ['started', 'unique', 'started'],
    ],
    [
      'under the key that a path of the parameters gives',
      ending({ start: { key: 'order.id', unique: 'once' } }),
      [
        { at: T0, key: 'X', params: { order: { id: 1 } } },
        { at: T0 + 1, key: 'X', params: { order: { id: '1' } } },
        { at: T0 + 2, key: 'X', params: { order: { id: 2 } } },
        { at: T0 + 3, key: 'X' },
        { at: T0 + 4, key: 'X' },
      ],
      ['started', 'unique', 'started', 'started', 'unique'],
    ],
  ])('%s', async (_name, definition, events, expected) => {
    expect(await outcomesOf(definition, events)).toEqual(expected);
  });

  test('all versions of a workflow count together', async () => {
    const definition = ending({ limits: { reentry: 'once' } });
    const workflow = await world.workflow(definition);
    const contact = await world.contact();
    await world.apply({ contact, event: 'Ordered', at: T0 });
    await world.step(T0);
    await world.publish(workflow, 2, definition);
    await world.apply({ contact, event: 'Ordered', at: T0 + 1 });
    expect((await world.refusals()).map((row) => row.reason)).toEqual(['reentry']);
  });

  test('archiving and activating again keeps the counts', async () => {
    const workflow = await world.workflow(ending({ limits: { reentry: 'once' } }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'Ordered', at: T0 });
    await world.step(T0);
    await world.setState(workflow, 'archived');
    await world.apply({ contact, event: 'Ordered', at: T0 + 1 });
    await world.setState(workflow, 'active');
    await world.apply({ contact, event: 'Ordered', at: T0 + 2 });
    expect((await world.refusals()).map((row) => row.reason)).toEqual(['reentry']);
    expect(await world.runs(workflow)).toHaveLength(1);
  });

  test('contacts do not count for each other, and one batch checks each by itself', async () => {
    const workflow = await world.workflow(resting({ limits: { reentry: 'once' } }));
    const [a, b] = [await world.contact(), await world.contact()];
    await world.apply(
      { contact: a, event: 'Ordered', at: T0 },
      { contact: b, event: 'Ordered', at: T0 },
      { contact: a, event: 'Ordered', at: T0, key: 'other' },
    );
    expect((await world.runs(workflow)).map((run) => run.contact_id)).toEqual([a, b]);
    expect(await world.refusals()).toEqual([{ contact_id: a, key: 'other', reason: 'reentry' }]);
  });
});

describe('which events start a workflow', () => {
  const filtered = resting({
    start: { where: { param: 'total', op: 'greater', value: 100 } },
    limits: { one_at_a_time: false },
  });

  test.each<[string, Partial<Happening>, string]>([
    ['one that passes the filter', { params: { total: 101 } }, 'started'],
    ['not one that does not', { params: { total: 100 } }, 'where'],
    ['not one of the past', { params: { total: 101 }, flags: FACT_FLAGS.past }, 'past'],
    ['not one that is late', { params: { total: 101 }, occurredAt: T0 - DAY - 1 }, 'late'],
    ['one that is just not late', { params: { total: 101 }, occurredAt: T0 - DAY }, 'started'],
    ['not one at the end of a long chain', { params: { total: 101 }, depth: 11 }, 'loop'],
    ['one near its end', { params: { total: 101 }, depth: 10 }, 'started'],
  ])('%s', async (_name, event, expected) => {
    expect(await outcomesOf(filtered, [{ at: T0, ...event }])).toEqual([expected]);
  });

  test('the filter is asked before the past, so the reason is the first in order', async () => {
    expect(await outcomesOf(filtered, [{ at: T0, flags: FACT_FLAGS.past }])).toEqual(['where']);
  });

  test('an event may be older where the start says so', async () => {
    const definition = resting({ start: { max_age: { n: 3, unit: 'day' } } });
    expect(await outcomesOf(definition, [{ at: T0, occurredAt: T0 - 2 * DAY }])).toEqual([
      'started',
    ]);
  });

  test('a paused workflow starts nothing and makes nothing up for later', async () => {
    const workflow = await world.workflow(resting({}));
    const contact = await world.contact();
    await world.setState(workflow, 'paused');
    await world.apply({ contact, event: 'Ordered', at: T0 });
    await world.setState(workflow, 'active');
    await world.step(T0);
    expect(await world.runs(workflow)).toEqual([]);
    expect(await world.counts(workflow)).toEqual({ 'not_started:inactive': 1 });
  });

  test('a deleted contact starts nothing', async () => {
    const workflow = await world.workflow(resting({}));
    const contact = await world.contact();
    await pool.query(`update contacts set deleted_at = $2 where id = $1`, [contact, new Date(T0)]);
    await world.apply({ contact, event: 'Ordered', at: T0 });
    expect(await world.runs(workflow)).toEqual([]);
    expect((await world.refusals()).map((row) => row.reason)).toEqual(['deleted']);
  });

  test('an event of nobody starts nothing', async () => {
    const workflow = await world.workflow(resting({}));
    await world.apply({ contact: 0, event: 'Ordered', at: T0, flags: FACT_FLAGS.nobody });
    expect(await world.runs(workflow)).toEqual([]);
  });

  test('only refusals of interest are rows; all are counted', async () => {
    const workflow = await world.workflow(filtered);
    const contact = await world.contact();
    await world.apply({ contact, event: 'Ordered', at: T0, params: { total: 1 } });
    await world.apply({ contact, event: 'Ordered', at: T0, params: { total: 101 }, depth: 11 });
    expect((await world.refusals()).map((row) => row.reason)).toEqual(['loop']);
    expect(await world.counts(workflow)).toEqual({ 'not_started:where': 1, 'not_started:loop': 1 });
  });
});

describe('a stop that looks back', () => {
  const guarded = (stop: JsonObject): JsonObject =>
    resting({
      start: { event: 'CartLeft' },
      stop: [{ type: 'event', event: 'Ordered', lookback: { n: 1, unit: 'hour' }, ...stop }],
    });

  test.each<[string, JsonObject, Partial<Happening>, boolean]>([
    ['prevents a start within its time', {}, { at: T0 - HOUR }, false],
    ['allows one after it', {}, { at: T0 - HOUR - 1 }, true],
    [
      'counts when the event occurred, not when it arrived',
      {},
      { at: T0 - 1, occurredAt: T0 - 2 * HOUR },
      true,
    ],
    ['counts past events too', {}, { at: T0 - 1, flags: FACT_FLAGS.past }, false],
    [
      'looks at what the filter lets through',
      { where: { param: 'total', op: 'greater', value: 5 } },
      { at: T0 - 1, params: { total: 5 } },
      true,
    ],
    ['looks at the same key only, if so', { same_key: true }, { at: T0 - 1, key: 'B' }, true],
    ['and finds it', { same_key: true }, { at: T0 - 1, key: 'A' }, false],
  ])('%s', async (_name, stop, earlier, starts) => {
    const workflow = await world.workflow(guarded(stop));
    const contact = await world.contact();
    await world.apply({ contact, event: 'Ordered', at: T0, ...earlier });
    await world.apply({ contact, event: 'CartLeft', at: T0, key: 'A' });
    expect(await world.runs(workflow)).toHaveLength(starts ? 1 : 0);
    expect((await world.refusals()).map((row) => row.reason)).toEqual(starts ? [] : ['stop']);
  });

  test('does not look ahead to what follows in the same batch', async () => {
    const workflow = await world.workflow(guarded({}));
    const contact = await world.contact();
    await world.apply(
      { contact, event: 'CartLeft', at: T0 },
      { contact, event: 'Ordered', at: T0, occurredAt: T0 - 1 },
    );
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({ state: 'stopped', reason: 'stop event Ordered' });
    expect(await world.refusals()).toEqual([]);
  });

  test('an event never prevents or stops the run that it starts', async () => {
    const definition = resting({
      stop: [{ type: 'event', event: 'Ordered', lookback: { n: 1, unit: 'hour' } }],
    });
    const workflow = await world.workflow(definition);
    const contact = await world.contact();
    await world.apply({ contact, event: 'Ordered', at: T0 });
    expect((await world.runs(workflow)).map((run) => run.state)).toEqual(['running']);
  });
});

describe('starts by hand', () => {
  test('follow the same limits, with the empty key', async () => {
    const workflow = await world.workflow(resting({ start: { unique: 'once' } }));
    const [a, b] = [await world.contact(), await world.contact()];
    const started = await world.startByHand([
      { contact: a, workflow, params: { who: 'Ann' } },
      { contact: b, workflow },
      { contact: a, workflow },
    ]);
    expect(started).toEqual([
      { ok: true, runId: expect.any(Number) },
      { ok: true, runId: expect.any(Number) },
      { ok: false, reason: 'one_at_a_time' },
    ]);
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({ key: '', version: 1, block: 'b1' });
    const { rows } = await pool.query(`select context from runs where id = $1`, [run!.id]);
    expect(rows[0]).toEqual({
      context: { kind: 'manual', source: 'manual', params: { who: 'Ann' } },
    });
  });

  test('are refused for workflows that are not active, or not there', async () => {
    const workflow = await world.workflow(resting({}));
    await world.setState(workflow, 'paused');
    const contact = await world.contact();
    expect(
      await world.startByHand([
        { contact, workflow },
        { contact, workflow: 999_999 },
      ]),
    ).toEqual([
      { ok: false, reason: 'inactive' },
      { ok: false, reason: 'unknown' },
    ]);
  });
});
