import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { FACT_FLAGS } from '../events/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { endRuns } from './stop-runs.ts';
import { createRunWorld, DAY, HOUR, T0, type Happening, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;

beforeEach(async () => {
  world = await createRunWorld(pool);
});

/** E-mail, a day, e-mail. */
async function twoEmails(stop: JsonObject): Promise<JsonObject> {
  const message = String(await world.message());
  return {
    language: 1,
    start: { type: 'event', event: 'CartLeft', max_age: { n: 1, unit: 'month' } },
    stop: [{ type: 'event', event: 'Ordered', ...stop }],
    limits: { one_at_a_time: false },
    first: 'b1',
    blocks: {
      b1: { type: 'email', message, exits: { next: 'b2' } },
      b2: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b3' } },
      b3: { type: 'email', message },
    },
  };
}

describe('a stop event', () => {
  test('ends the run at once, with its timer and what was not handed over', async () => {
    const workflow = await world.workflow(await twoEmails({}));
    const contact = await world.contact({ email: 'ann@example.com' });
    await world.apply({ contact, event: 'CartLeft', at: T0 });
    await world.step(T0);
    expect(await world.deliveryStates()).toEqual(['planned']);
    await world.apply({ contact, event: 'Ordered', at: T0 + HOUR });
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({
      state: 'stopped',
      reason: 'stop event Ordered',
      block: 'b2',
      wake_at: null,
      ended_at: new Date(T0 + HOUR),
    });
    expect(await world.deliveryStates()).toEqual(['cancelled']);
    await world.step(T0 + 2 * DAY);
    expect(await world.sends()).toHaveLength(1);
    expect(await world.counts(workflow)).toEqual({
      started: 1,
      'b1 entered': 1,
      'b1 exit:next': 1,
      'b2 entered': 1,
      'b2 stopped': 1,
    });
  });

  test.each<[string, JsonObject, Partial<Happening>, boolean]>([
    ['acts on another key', {}, { key: 'B' }, true],
    ['not if only the same key is meant', { same_key: true }, { key: 'B' }, false],
    ['on the same key, then', { same_key: true }, { key: 'A' }, true],
    ['not if its filter refuses', { where: { param: 'a', op: 'is_set' } }, {}, false],
    ['even late', {}, { occurredAt: T0 }, true],
    ['even of the past', {}, { flags: FACT_FLAGS.past }, true],
    ['not if it was before the start', {}, { occurredAt: T0 - 1 }, false],
    [
      'unless it looks back so far',
      { lookback: { n: 1, unit: 'hour' } },
      { occurredAt: T0 - HOUR },
      true,
    ],
    ['and no further', { lookback: { n: 1, unit: 'hour' } }, { occurredAt: T0 - HOUR - 1 }, false],
  ])('%s', async (_name, stop, event, stops) => {
    const workflow = await world.workflow(await twoEmails(stop));
    const contact = await world.contact();
    await world.apply({ contact, event: 'CartLeft', at: T0, key: 'A' });
    await world.apply({ contact, event: 'Ordered', at: T0 + HOUR, ...event });
    expect((await world.runs(workflow)).map((run) => run.state)).toEqual([
      stops ? 'stopped' : 'running',
    ]);
  });

  test('ends the runs of its own contact and workflow, all of them, and no others', async () => {
    const workflow = await world.workflow(await twoEmails({}));
    const other = await world.workflow({ ...(await twoEmails({})), stop: [] });
    const [ann, bob] = [await world.contact(), await world.contact()];
    for (const contact of [ann, ann, bob]) {
      await world.apply({ contact, event: 'CartLeft', at: T0 });
    }
    await world.apply({ contact: ann, event: 'Ordered', at: T0 + 1 });
    const stateOf = async (id: number) =>
      (await world.runs(id)).map((run) => [run.contact_id === ann ? 'ann' : 'bob', run.state]);
    expect(await stateOf(workflow)).toEqual([
      ['ann', 'stopped'],
      ['ann', 'stopped'],
      ['bob', 'running'],
    ]);
    expect((await stateOf(other)).map(([, state]) => state)).toEqual(Array(3).fill('running'));
  });

  test('acts while the workflow is paused', async () => {
    const workflow = await world.workflow(await twoEmails({}));
    const contact = await world.contact();
    await world.apply({ contact, event: 'CartLeft', at: T0 });
    await world.setState(workflow, 'paused');
    await world.step(T0);
    await world.apply({ contact, event: 'Ordered', at: T0 + 1 });
    expect((await world.runs(workflow)).map((run) => run.state)).toEqual(['stopped']);
  });

  test('stops by the rules of the version that the run started on', async () => {
    const definition = await twoEmails({});
    const workflow = await world.workflow(definition);
    const contact = await world.contact();
    await world.apply({ contact, event: 'CartLeft', at: T0 });
    await world.publish(workflow, 2, {
      ...definition,
      stop: [{ type: 'event', event: 'Subscribed' }],
    });
    await world.apply({ contact, event: 'CartLeft', at: T0 + 1 });
    await world.apply({ contact, event: 'Subscribed', at: T0 + 2 });
    expect((await world.runs(workflow)).map((run) => [run.version, run.state])).toEqual([
      [1, 'running'],
      [2, 'stopped'],
    ]);
    await world.apply({ contact, event: 'Ordered', at: T0 + 3 });
    expect((await world.runs(workflow)).map((run) => run.state)).toEqual(['stopped', 'stopped']);
  });

  test('wins over a step that is due but was not taken', async () => {
    await world.workflow(await twoEmails({}));
    const contact = await world.contact({ email: 'ann@example.com' });
    await world.apply(
      { contact, event: 'CartLeft', at: T0 },
      { contact, event: 'Ordered', at: T0 + 1 },
    );
    await world.step(T0 + 2);
    expect(await world.sends()).toEqual([]);
  });
});

describe('runs that end from outside', () => {
  test('by hand: one run, or all of a contact in a workflow', async () => {
    const workflow = await world.workflow(await twoEmails({}));
    const contact = await world.contact();
    for (let i = 0; i < 3; i += 1) await world.apply({ contact, event: 'CartLeft', at: T0 + i });
    const [first] = await world.runs(workflow);
    expect(await world.stopByHand([{ contact, workflow, run: first!.id }])).toEqual([1]);
    expect(
      await world.stopByHand([
        { contact, workflow },
        { contact, workflow },
      ]),
    ).toEqual([2, 0]);
    expect((await world.runs(workflow)).map((run) => [run.state, run.reason])).toEqual(
      Array(3).fill(['stopped', 'by hand']),
    );
  });

  test('by deletion of their contact', async () => {
    const workflow = await world.workflow(await twoEmails({}));
    const [ann, bob] = [await world.contact({ email: 'ann@example.com' }), await world.contact()];
    await world.apply({ contact: ann, event: 'CartLeft', at: T0 });
    await world.apply({ contact: bob, event: 'CartLeft', at: T0 + 1 });
    await world.step(T0 + 1);
    const ended = await inTransaction(pool, (tx) =>
      endRuns(tx, world.capabilities, {
        contacts: new Map([[ann, T0 + 2]]),
        reason: 'deleted',
        now: T0 + 3,
      }),
    );
    expect(ended).toBe(1);
    const runs = await world.runs(workflow);
    expect(runs.map((run) => run.reason)).toEqual(['deleted', null]);
    // Since when the contact is gone, not when somebody came to it.
    expect(runs[0]!.ended_at).toEqual(new Date(T0 + 2));
    expect(await world.deliveryStates()).toEqual(['cancelled']);
  });
});
