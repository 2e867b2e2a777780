import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { endDoubles } from './end-doubles.ts';
import { contactTables } from './contact-tables.ts';
import { moveRows } from '../contact-rows/index.ts';
import { createRunWorld, HOUR, MINUTE, SLOTS, T0, type RunWorld } from './test-world.ts';

const { pool } = await testDatabase();
let world: RunWorld;
let keep: number;
let drop: number;

beforeEach(async () => {
  world = await createRunWorld(pool);
  [keep, drop] = [await world.contact(), await world.contact()];
});

function resting(limits: JsonObject = {}): JsonObject {
  return {
    language: 1,
    start: { type: 'event', event: 'Ordered' },
    limits,
    first: 'b1',
    blocks: {
      b1: { type: 'split', weights: [1, 1], exits: { a: 'b2', b: 'b2' } },
      b2: { type: 'timer', wait: { n: 1, unit: 'hour' } },
    },
  };
}

const order = (contact: number, at: number, key = '') =>
  world.apply({ contact, event: 'Ordered', at, key }).then(() => world.step(at));

const merge = () =>
  inTransaction(pool, async (tx) => {
    const pairs = [{ keepId: keep, dropId: drop }];
    await endDoubles(tx, world.capabilities, { pairs, now: T0 + MINUTE });
    await moveRows(tx, contactTables, { pairs, slots: SLOTS });
  });

describe('a merge', () => {
  test('moves runs with their history and slot, and they go on', async () => {
    const workflow = await world.workflow(resting());
    await order(drop, T0);
    await merge();
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({
      contact_id: keep,
      source_contact_id: drop,
      slot: keep % SLOTS,
      state: 'waiting',
    });
    expect(await world.step(T0 + HOUR)).toBe(1);
    expect((await world.history(run!.id)).map((step) => step.block)).toEqual(['b1', 'b2']);
  });

  test.each([
    ["the survivor's, if it started first", () => [keep, drop], 0],
    ["the other's, if it started first", () => [drop, keep], 0],
  ])('lets of two runs with one key go on %s', async (_name, contacts, survivor) => {
    const workflow = await world.workflow(resting());
    const [first, second] = contacts();
    await order(first!, T0, 'A');
    await order(second!, T0 + 1, 'A');
    await merge();
    const runs = await world.runs(workflow);
    expect(runs.map((run) => run.contact_id)).toEqual([keep, keep]);
    expect(runs[survivor]).toMatchObject({ state: 'waiting', reason: null });
    expect(runs[1 - survivor]).toMatchObject({ state: 'stopped', reason: 'merged', wake_at: null });
  });

  test('leaves runs with other keys, of other workflows and that have ended alone', async () => {
    const workflow = await world.workflow(resting());
    const other = await world.workflow({ ...resting(), start: { type: 'manual' } });
    await order(keep, T0, 'A');
    await order(drop, T0 + 1, 'B');
    await world.startByHand([{ contact: drop, workflow: other }]);
    await merge();
    expect((await world.runs(workflow)).map((run) => run.state)).toEqual(['waiting', 'waiting']);
    expect((await world.runs(other)).map((run) => run.state)).toEqual(['running']);
  });

  test('makes the limits count both pasts', async () => {
    const workflow = await world.workflow(resting({ reentry: 'once', one_at_a_time: false }));
    await order(drop, T0);
    await merge();
    await order(keep, T0 + HOUR);
    expect(await world.runs(workflow)).toHaveLength(1);
    expect(await world.refusals()).toMatchObject([{ contact_id: keep, reason: 'reentry' }]);
  });
});
