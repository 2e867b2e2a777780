import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { endDoubles, findDoubles, resumeRuns } from './end-doubles.ts';
import type { StandingRun } from './queries.ts';
import { contactTables } from './contact-tables.ts';
import { moveRows, returnRows } from '../contact-rows/index.ts';
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
    const pairs = [{ keepId: keep, dropId: drop, at: T0 + MINUTE }];
    const [ended] = await endDoubles(tx, world.capabilities, { pairs, now: T0 + MINUTE });
    await moveRows(tx, contactTables, { pairs, slots: SLOTS });
    return ended!;
  });

const undo = (runs: StandingRun[]) =>
  inTransaction(pool, async (tx) => {
    const undone = { keepId: keep, dropId: drop, sources: [drop], conflicts: {}, later: [] };
    await returnRows(tx, contactTables, { ...undone, slots: SLOTS });
    const contactIds = [keep, drop];
    await resumeRuns(tx, world.capabilities, { runs, contactIds, now: T0 + 2 * MINUTE });
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

describe('undoing a merge', () => {
  test('gives a run back with the steps that it took since, and it goes on', async () => {
    const workflow = await world.workflow(resting());
    await order(drop, T0);
    const ended = await merge();
    await pool.query(
      `insert into run_steps (contact_id, run_id, n, workspace_id, block, type, at)
       select contact_id, id, 9, workspace_id, 'b9', 'timer', $1 from runs where contact_id = $2`,
      [new Date(T0 + MINUTE), keep],
    );
    await undo(ended);
    const [run] = await world.runs(workflow);
    expect(run).toMatchObject({
      contact_id: drop,
      source_contact_id: null,
      slot: drop % SLOTS,
      state: 'waiting',
    });
    const { rows } = await pool.query(
      `select distinct contact_id, source_contact_id from run_steps where run_id = $1`,
      [run!.id],
    );
    expect(rows).toEqual([{ contact_id: drop, source_contact_id: null }]);
    expect(await world.step(T0 + HOUR)).toBe(1);
  });

  test('lets the run that the merge ended go on where it stood', async () => {
    const workflow = await world.workflow(resting());
    await order(keep, T0, 'A');
    await order(drop, T0 + 1, 'A');
    const before = await world.runs(workflow);
    expect(await findDoubles(pool, { keepId: keep, dropId: drop })).toMatchObject([
      { run: before[1]!.id, workflow },
    ]);
    await undo(await merge());
    expect(await world.runs(workflow)).toEqual(before);
    const { rows } = await pool.query(
      `select sum(n)::int as n from workflow_counts where workflow_id = $1 and what = 'stopped'`,
      [workflow],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
