import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { DueBy } from './claim-due-runs.ts';
import { runDueSteps } from './run-due-steps.ts';
import { createRunWorld, DAY, HOUR, MINUTE, T0, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;

beforeEach(async () => {
  world = await createRunWorld(pool);
});

function byEvent(blocks: JsonObject, values: JsonObject = {}): JsonObject {
  return {
    language: 1,
    start: { type: 'event', event: 'SignedUp' },
    first: 'b1',
    blocks,
    ...values,
  };
}

const timer = (n: number, unit: string, next?: string): JsonObject => ({
  type: 'timer',
  wait: { n, unit },
  ...(next !== undefined && { exits: { next } }),
});

describe('a run', () => {
  test('walks from its start to its end and keeps its history', async () => {
    const message = String(await world.message());
    const workflow = await world.workflow(
      byEvent({
        b1: { type: 'email', message, data: { plan: { $event: 'plan' } }, exits: { next: 'b2' } },
        b2: timer(1, 'day', 'b3'),
        b3: { type: 'end', reason: 'welcomed' },
      }),
    );
    const contact = await world.contact({ email: 'ann@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0, params: { plan: 'pro' } });
    expect(await world.step(T0 + 5)).toBe(2);
    const [resting] = await world.runs(workflow);
    expect(resting).toMatchObject({
      state: 'waiting',
      block: 'b2',
      wake_at: new Date(T0 + 5 + DAY),
      results: { b1: { decision: 'sent' } },
    });
    expect(await world.step(T0 + DAY)).toBe(0);
    expect(await world.step(T0 + 5 + DAY)).toBe(2);
    const [ended] = await world.runs(workflow);
    expect(ended).toMatchObject({
      state: 'completed',
      reason: 'welcomed',
      block: 'b3',
      steps: 3,
      wake_at: null,
      ended_at: new Date(T0 + 5 + DAY),
    });
    expect(await world.history(ended!.id)).toMatchObject([
      { n: 0, block: 'b1', type: 'email', at: new Date(T0 + 5), exit: 'next' },
      { n: 1, block: 'b2', type: 'timer', at: new Date(T0 + 5 + DAY), exit: 'next' },
      { n: 2, block: 'b3', type: 'end', at: new Date(T0 + 5 + DAY), exit: null },
    ]);
    expect((await world.sends())[0]!.context).toMatchObject({
      event: { plan: 'pro' },
      data: { plan: 'pro' },
    });
    expect(await world.counts(workflow)).toEqual({
      started: 1,
      'b1 entered': 1,
      'b1 exit:next': 1,
      'b2 entered': 1,
      'b2 exit:next': 1,
      'b3 entered': 1,
      'b3 completed': 1,
    });
  });

  test('ends where an exit is not drawn', async () => {
    const workflow = await world.workflow(byEvent({ b1: timer(1, 'minute') }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    await world.step(T0 + MINUTE);
    expect(await world.runs(workflow)).toMatchObject([{ state: 'completed', block: 'b1' }]);
    expect(await world.counts(workflow)).toMatchObject({ completed: 1, 'b1 exit:next': 1 });
  });

  test('finishes on the version that it started on', async () => {
    const workflow = await world.workflow(
      byEvent({ b1: timer(1, 'hour', 'b2'), b2: { type: 'end', reason: 'old' } }),
    );
    const [ann, bob] = [await world.contact(), await world.contact()];
    await world.apply({ contact: ann, event: 'SignedUp', at: T0 });
    await world.step(T0);
    await world.publish(workflow, 2, byEvent({ b1: { type: 'end', reason: 'new' } }));
    await world.apply({ contact: bob, event: 'SignedUp', at: T0 + 1 });
    await world.step(T0 + HOUR);
    expect(await world.runs(workflow)).toMatchObject([
      { contact_id: ann, version: 1, reason: 'old' },
      { contact_id: bob, version: 2, reason: 'new' },
    ]);
  });

  test('is handled when workers are back, however late', async () => {
    const workflow = await world.workflow(
      byEvent({ b1: timer(1, 'hour', 'b2'), b2: timer(1, 'hour') }),
    );
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    await world.step(T0 + 3 * DAY);
    // The second timer counts from when the run came to it.
    expect(await world.runs(workflow)).toMatchObject([
      { block: 'b2', wake_at: new Date(T0 + 3 * DAY + HOUR) },
    ]);
  });

  test('never acts before what arrived earlier is applied', async () => {
    await world.workflow(byEvent({ b1: timer(1, 'hour') }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    const due = { slots: [0, 1, 2, 3], now: T0 + 2 * HOUR, limit: 10 };
    const marks = (mark: number) => new Map([[world.workspaceId, mark]]);
    await inTransaction(pool, async (tx) => {
      const index = await world.cache.load(tx);
      const handled = async (options: Pick<DueBy, 'marks' | 'oldestQueued'>) =>
        (await runDueSteps(tx, world.capabilities, { index, ...due, ...options })).handled;
      expect(await handled({ marks: marks(T0 + HOUR - 1) })).toBe(0);
      expect(await handled({ marks: new Map() })).toBe(0);
      const oldestQueued = new Map([[contact % 4, T0 + HOUR]]);
      expect(await handled({ marks: marks(T0 + HOUR), oldestQueued })).toBe(0);
      expect(await handled({ marks: marks(T0 + HOUR) })).toBe(1);
    });
  });

  test('leaves nothing behind when its batch is aborted', async () => {
    const message = String(await world.message());
    await world.field('visits', 'integer');
    const workflow = await world.workflow(
      byEvent({
        b1: { type: 'email', message, exits: { next: 'b2' } },
        b2: { type: 'update_fields', increment: { 'custom.visits': 1 }, exits: { next: 'b3' } },
        b3: timer(1, 'day'),
      }),
    );
    const contact = await world.contact({ email: 'ann@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    const before = await world.runs(workflow);
    const aborted = inTransaction(pool, async (tx) => {
      const index = await world.cache.load(tx);
      const marks = new Map([[world.workspaceId, T0]]);
      const due = { slots: [0, 1, 2, 3], marks, now: T0, limit: 10 };
      expect((await runDueSteps(tx, world.capabilities, { index, ...due })).handled).toBe(3);
      throw new Error('the power failed');
    });
    await expect(aborted).rejects.toThrow('the power failed');
    expect(await world.runs(workflow)).toEqual(before);
    expect(await world.sends()).toEqual([]);
    expect(await world.history(before[0]!.id)).toEqual([]);
    expect(await world.counts(workflow)).toEqual({ started: 1, 'b1 entered': 1 });
    const { rows } = await pool.query(`select fields from contacts where id = $1`, [contact]);
    expect(rows[0]).toEqual({ fields: {} });
    // And the next batch does it all.
    expect(await world.step(T0)).toBe(3);
    expect(await world.sends()).toHaveLength(1);
  });
});

describe('a message block', () => {
  test.each([
    ['takes its exit failed, if it is drawn', { next: 'b2', failed: 'b3' }, 'b3'],
    ['goes on by next, if it is not', { next: 'b2' }, 'b2'],
  ])('that is refused %s', async (_name, exits, expected) => {
    const message = String(await world.message());
    const workflow = await world.workflow(
      byEvent({
        b1: { type: 'email', message, exits },
        b2: timer(1, 'day', 'b3'),
        b3: timer(1, 'day'),
      }),
    );
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({ state: 'waiting', block: expected });
    const [step] = await world.history(run!.id);
    expect(step).toMatchObject({ exit: expected === 'b3' ? 'failed' : 'next' });
    expect(step!.decided_by).toMatchObject({ decision: 'refused', failed: expect.any(String) });
  });
});

describe('a failure', () => {
  const broken = { type: 'timer', wait: { n: { $event: 'days' }, unit: 'day' } };

  test('ends the run with its reason', async () => {
    const workflow = await world.workflow(byEvent({ b1: { ...broken, exits: {} } }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({
      state: 'failed',
      reason: 'Timer b1: $event days has no value, expected a number of units',
    });
    expect(await world.counts(workflow)).toMatchObject({ 'b1 failed': 1 });
  });

  test('takes the exit failed if it is drawn', async () => {
    const workflow = await world.workflow(
      byEvent({ b1: { ...broken, exits: { failed: 'b2' } }, b2: { type: 'end' } }),
    );
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(workflow)).toMatchObject([{ state: 'completed', block: 'b2' }]);
  });

  test('of the program fails the run at fault and no other', async () => {
    const gone = await world.message();
    const message = String(await world.message());
    const blocks = (id: string): JsonObject => ({
      b1: { type: 'email', message: id, exits: { next: 'b2' } },
      b2: { type: 'update_fields', set: { first_name: 'Ann' } },
    });
    const good = await world.workflow(byEvent(blocks(message)));
    const bad = await world.workflow(byEvent(blocks(String(gone))));
    await pool.query(`delete from messages where id = $1`, [gone]);
    for (let i = 0; i < 5; i += 1) {
      const contact = await world.contact({ email: `c${i}@example.com` });
      await world.apply({ contact, event: 'SignedUp', at: T0 + i });
    }
    await world.step(T0 + 10);
    expect((await world.runs(good)).map((run) => run.state)).toEqual(Array(5).fill('completed'));
    const runs = await world.runs(bad);
    expect(runs).toMatchObject(
      Array(5).fill({
        state: 'failed',
        reason: expect.stringMatching(/^block b1 broke: .*message/),
      }),
    );
    expect(await world.history(runs[0]!.id)).toMatchObject([{ block: 'b1', exit: null }]);
    expect(await world.sends()).toHaveLength(5);
    expect(await world.counts(bad)).toMatchObject({ 'b1 failed': 5 });
    expect(await world.counts(good)).toMatchObject({ completed: 5 });
  });

  test('is what becomes of a run that never rests', async () => {
    // `until` at its own instant passes at once, so this loop spins.
    const workflow = await world.workflow(
      byEvent({
        b1: { type: 'timer', until: { time: '12:00' }, exits: { next: 'b2' } },
        b2: { type: 'split', weights: [1, 1], exits: { a: 'b1', b: 'b1' } },
      }),
    );
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(workflow)).toMatchObject([
      { state: 'failed', reason: 'more than 10000 steps' },
    ]);
  });
});

describe('conditions', () => {
  const choice = (condition: JsonObject): JsonObject =>
    byEvent({
      b1: { type: 'if', condition, exits: { yes: 'b2', no: 'b3' } },
      b2: { type: 'end', reason: 'yes' },
      b3: { type: 'end', reason: 'no' },
    });

  test.each<[string, JsonObject, string]>([
    ['a field', { type: 'field', field: 'custom.goal', op: 'equals', value: 'run' }, 'yes'],
    ['the card', { type: 'field', field: 'email', op: 'is_set' }, 'yes'],
    [
      'what started the run',
      { type: 'event_param', param: 'plan', op: 'equals', value: 'pro' },
      'yes',
    ],
    ['the hour', { type: 'now', time: { from: '13:00', to: '14:00' } }, 'no'],
    [
      'the hour of the contact',
      { type: 'now', time: { from: '15:00', to: '16:00' }, zone: 'contact' },
      'yes',
    ],
    [
      'events counted',
      {
        type: 'event',
        event: 'Opened',
        measure: { kind: 'count', op: 'equals', value: 2 },
        period: { kind: 'last', n: 2, unit: 'day' },
      },
      'yes',
    ],
    [
      'events filtered by what started the run',
      {
        type: 'event',
        event: 'Opened',
        where: { param: 'page', op: 'equals', value: { $event: 'plan' } },
        period: { kind: 'ever' },
      },
      'yes',
    ],
    [
      'a value that the event does not have',
      { not: { type: 'field', field: 'custom.goal', op: 'equals', value: { $event: 'nothing' } } },
      'no',
    ],
  ])('see %s', async (_name, condition, expected) => {
    await world.field('goal', 'text');
    const workflow = await world.workflow(choice(condition));
    const contact = await world.contact({
      email: 'ann@example.com',
      fields: { 'custom.goal': 'run', time_zone: 'Europe/Kyiv' },
    });
    for (const [offset, page] of [
      [3 * DAY, 'pro'],
      [DAY, 'a'],
      [HOUR, 'b'],
    ] as const) {
      await world.apply({ contact, event: 'Opened', at: T0 - offset, params: { page } });
    }
    await world.apply({ contact, event: 'SignedUp', at: T0, params: { plan: 'pro' } });
    await world.step(T0);
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({ state: 'completed', reason: expected });
  });

  test('are remembered with the values they saw', async () => {
    await world.field('goal', 'text');
    const workflow = await world.workflow(
      choice({
        all: [
          { type: 'field', field: 'custom.goal', op: 'equals', value: 'run' },
          { not: { type: 'event_param', param: 'plan', op: 'equals', value: 'pro' } },
        ],
      }),
    );
    const contact = await world.contact({ fields: { 'custom.goal': 'run' } });
    await world.apply({ contact, event: 'SignedUp', at: T0, params: { plan: 'free' } });
    await world.step(T0);
    const [run] = await world.runs(workflow);
    expect((await world.history(run!.id))[0]!.decided_by).toEqual({
      result: true,
      conditions: [
        { type: 'field', about: 'custom.goal', result: true, values: { value: 'run' } },
        { type: 'event_param', about: 'plan', result: false, values: { value: 'free' } },
      ],
    });
  });

  test('fail the run when a field that they name is gone', async () => {
    await world.field('goal', 'text');
    const workflow = await world.workflow(
      choice({ type: 'field', field: 'custom.goal', op: 'is_set' }),
    );
    await pool.query(`update fields set archived_at = $1`, [new Date(T0)]);
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(workflow)).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('custom.goal') },
    ]);
  });
});

describe('field changes', () => {
  beforeEach(async () => {
    await world.field('visits', 'integer');
    await world.field('level', 'text');
  });

  const count = (next?: string): JsonObject => ({
    type: 'update_fields',
    increment: { 'custom.visits': 1 },
    ...(next !== undefined && { exits: { next } }),
  });

  test("are seen by the next block, and by the contact's other runs in their order", async () => {
    const one = byEvent({
      b1: count('b2'),
      b2: {
        type: 'if',
        condition: { type: 'field', field: 'custom.visits', op: 'equals', value: 1 },
        exits: { yes: 'b3' },
      },
      b3: { type: 'end', reason: 'first' },
    });
    const first = await world.workflow(one);
    const second = await world.workflow(byEvent({ b1: count() }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(first)).toMatchObject([{ reason: 'first' }]);
    expect(await world.runs(second)).toMatchObject([{ results: { b1: { 'custom.visits': 2 } } }]);
    const { rows } = await pool.query(`select fields, set_at from contacts where id = $1`, [
      contact,
    ]);
    expect(rows[0]).toEqual({
      fields: { 'custom.visits': 2 },
      set_at: { 'custom.visits': [T0, 'workflow'] },
    });
  });

  test('fail the run when the value does not fit the field', async () => {
    const workflow = await world.workflow(
      byEvent({ b1: { type: 'update_fields', set: { 'custom.visits': 'many' } } }),
    );
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(workflow)).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('custom.visits') },
    ]);
  });

  test('are facts that may stop the run before its next block', async () => {
    const message = String(await world.message());
    const workflow = await world.workflow(
      byEvent(
        { b1: count('b2'), b2: { type: 'email', message } },
        { stop: [{ type: 'event', event: 'FieldChanged' }] },
      ),
    );
    const contact = await world.contact({ email: 'ann@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(workflow)).toMatchObject([
      { state: 'stopped', reason: 'stop event FieldChanged', block: 'b2' },
    ]);
    expect(await world.sends()).toEqual([]);
  });

  test('that cause each other for ever are cut off and listed as a loop', async () => {
    const chain = await world.workflow({
      ...byEvent({ b1: count() }, { limits: { one_at_a_time: false } }),
      start: { type: 'event', event: 'FieldChanged' },
    });
    await world.workflow(byEvent({ b1: count() }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(chain)).toHaveLength(10);
    expect(await world.refusals()).toMatchObject([{ reason: 'loop' }]);
  });
});

describe('a paused workflow', () => {
  test('takes no steps; what is due goes on when it is active again', async () => {
    const workflow = await world.workflow(byEvent({ b1: timer(1, 'hour') }));
    const other = await world.workflow(byEvent({ b1: timer(1, 'hour') }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    await world.setState(workflow, 'paused');
    await world.step(T0 + HOUR);
    expect(await world.runs(workflow)).toMatchObject([{ state: 'waiting', wake_at: null }]);
    expect(await world.runs(other)).toMatchObject([{ state: 'completed' }]);
    await world.setState(workflow, 'active');
    await world.step(T0 + 2 * HOUR);
    expect(await world.runs(workflow)).toMatchObject([{ state: 'completed' }]);
  });

  test('does not stand in the way of what is due elsewhere', async () => {
    const workflow = await world.workflow(byEvent({ b1: timer(1, 'minute') }));
    for (let i = 0; i < 20; i += 1) {
      await world.apply({ contact: await world.contact(), event: 'SignedUp', at: T0 + i });
    }
    await world.step(T0 + 30);
    await world.setState(workflow, 'paused');
    const other = await world.workflow(byEvent({ b1: { type: 'end' } }));
    await world.apply({ contact: await world.contact(), event: 'SignedUp', at: T0 + HOUR });
    await world.step(T0 + HOUR, { limit: 3 });
    expect(await world.runs(other)).toMatchObject([{ state: 'completed' }]);
  });
});

describe('an archived workflow', () => {
  test('ends a run that comes to its next step', async () => {
    const workflow = await world.workflow(byEvent({ b1: timer(1, 'hour') }));
    const contact = await world.contact();
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    await world.setState(workflow, 'archived');
    await world.step(T0 + HOUR);
    expect(await world.runs(workflow)).toMatchObject([{ state: 'stopped', reason: 'archived' }]);
  });
});

describe('a backlog', () => {
  test('is taken in batches of the limit, each run once', async () => {
    const message = String(await world.message());
    const workflow = await world.workflow(
      byEvent({ b1: { type: 'email', message, exits: { next: 'b2' } }, b2: timer(1, 'hour') }),
    );
    for (let i = 0; i < 30; i += 1) {
      const contact = await world.contact({ email: `c${i}@example.com` });
      await world.apply({ contact, event: 'SignedUp', at: T0 + i });
    }
    await world.step(T0 + 100, { limit: 7 });
    expect(await world.sends()).toHaveLength(30);
    await world.step(T0 + 2 * HOUR, { limit: 7 });
    const runs = await world.runs(workflow);
    expect(runs.map((run) => [run.state, run.steps])).toEqual(Array(30).fill(['completed', 2]));
  });
});

describe('a message that must wait', () => {
  // It is Monday, noon.
  const evening = { from: '18:00', to: '22:00' };
  const atOnce = `update workspaces set settings = '{"release_minutes": 0}' where id = $1`;

  const sending = (message: number, settings: JsonObject = {}): JsonObject => ({
    type: 'email',
    message: String(message),
    ...settings,
    exits: { next: 'b2', failed: 'b3' },
  });
  const ends = { b2: { type: 'end', reason: 'sent' }, b3: { type: 'end', reason: 'failed' } };

  test('has its run wait with it, and is decided again as one send', async () => {
    await pool.query(atOnce, [world.workspaceId]);
    const message = await world.message({ send_hours: evening });
    const workflow = await world.workflow(byEvent({ b1: sending(message), ...ends }));
    const contact = await world.contact({ email: 'ann@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    const [waiting] = await world.runs(workflow);
    expect(waiting).toMatchObject({
      state: 'waiting',
      block: 'b1',
      wake_at: new Date(T0 + 6 * HOUR),
      results: { b1: { decision: 'held' } },
    });
    await world.step(T0 + 6 * HOUR);
    expect(await world.runs(workflow)).toMatchObject([{ state: 'completed', reason: 'sent' }]);
    expect(await world.sends()).toMatchObject([{ decision: 'sent', workflow_id: workflow }]);
  });

  test('takes the exit for failures if it may not leave when the wait is over', async () => {
    await pool.query(atOnce, [world.workspaceId]);
    const message = await world.message({ send_hours: evening });
    const workflow = await world.workflow(byEvent({ b1: sending(message), ...ends }));
    const contact = await world.contact({ email: 'bob@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    await pool.query(`update messages set archived_at = now() where id = $1`, [message]);
    await world.step(T0 + 6 * HOUR);
    expect(await world.runs(workflow)).toMatchObject([{ state: 'completed', reason: 'failed' }]);
    expect(await world.sends()).toMatchObject([
      { decision: 'refused', reason: 'message archived', hold_until: null },
    ]);
  });

  test('does so by the hours of its workflow unless its block has some of its own', async () => {
    const message = await world.message();
    const limits = { send_hours: evening };
    const waits = await world.workflow(byEvent({ b1: sending(message), ...ends }, { limits }));
    const goes = await world.workflow(
      byEvent({ b1: sending(message, { send_hours: 'any' }), ...ends }, { limits }),
    );
    const contact = await world.contact({ email: 'cyd@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(waits)).toMatchObject([{ state: 'waiting' }]);
    expect(await world.runs(goes)).toMatchObject([{ state: 'completed' }]);
  });

  test('yields to a more urgent one of another workflow that is due at the same instant', async () => {
    await pool.query(
      `insert into frequency_rules (workspace_id, key, kind, most, time_window, counts, when_reached, created_at, updated_at)
       values ($1, 'one', 'cap', 1, '{"type": "rolling", "n": 1, "unit": "day"}', 'marketing', 'refuse', now(), now())`,
      [world.workspaceId],
    );
    const news = await world.workflow(byEvent({ b1: sending(await world.message()), ...ends }));
    const urgent = await world.workflow(
      byEvent({ b1: sending(await world.message({ priority: 'high' })), ...ends }),
    );
    const contact = await world.contact({ email: 'dan@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    expect(await world.runs(news)).toMatchObject([{ reason: 'failed' }]);
    expect(await world.runs(urgent)).toMatchObject([{ reason: 'sent' }]);
  });

  test('is refused with its run when that is stopped', async () => {
    const message = await world.message({ send_hours: evening });
    const workflow = await world.workflow(byEvent({ b1: sending(message), ...ends }));
    const contact = await world.contact({ email: 'eve@example.com' });
    await world.apply({ contact, event: 'SignedUp', at: T0 });
    await world.step(T0);
    await world.stopByHand([{ contact, workflow }]);
    expect(await world.sends()).toMatchObject([
      { decision: 'refused', reason: 'by hand', counts_at: null },
    ]);
  });
});
