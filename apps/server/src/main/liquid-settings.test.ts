import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { TestPipeline } from '../pipeline/test-pipeline.ts';
import {
  byGo,
  DAY,
  event,
  fields,
  HOUR,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const worlds: WorkflowWorld[] = [];
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await workflowPipeline(pool);
});
afterAll(() => Promise.all(worlds.map((world) => world.close())));

const rest = { type: 'timer', wait: { n: 10, unit: 'month' } };

async function newWorld() {
  const world = await workflowWorld(pool, pipeline);
  worlds.push(world);
  return world;
}

/** One block and where its exits lead. */
function one(block: JsonObject, exits: JsonObject = { next: 'done' }): JsonObject {
  const ends = Object.fromEntries(Object.values(exits).map((id) => [id as string, rest]));
  return byGo({ b1: { ...block, exits }, ...ends });
}

async function run(definition: JsonObject, params: JsonObject = {}) {
  const world = await newWorld();
  const id = await world.workflow(definition);
  await world.happen(fields('ann', { first_name: 'Ann' }), event('ann', 'Go', params));
  await world.settle();
  const [row] = await world.runRows(id);
  return { world, id, row: row! };
}

describe('Liquid in settings', () => {
  test('says how long a timer waits', async () => {
    const { row } = await run(
      one({ type: 'timer', wait: { n: '{{ event.days | plus: 1 }}', unit: 'day' } }),
      { days: 2 },
    );
    expect(row).toMatchObject({ block: 'b1', wake_at: new Date(T0 + 3 * DAY) });
  });

  test('fails the block where it gives no number', async () => {
    const { row } = await run(
      one(
        { type: 'timer', wait: { n: '{{ event.days }}', unit: 'day' } },
        { next: 'done', failed: 'bad' },
      ),
    );
    expect(row.block).toBe('bad');
  });

  test('says until when a run waits', async () => {
    const { row } = await run(
      one({ type: 'wait_until', date: '{{ event.day }}T{{ event.hour }}:00:00Z' }),
      { day: '2026-06-02', hour: '08' },
    );
    expect(row).toMatchObject({ block: 'b1', wake_at: new Date('2026-06-02T08:00:00Z') });
  });

  test.each([
    [{ $event: 'hours' }, 3],
    ['{{ event.hours }}', 3],
    [2, 2],
  ])('and references say how long one waits for something: %j', async (n, hours) => {
    const { row, world, id } = await run(
      one(
        { type: 'wait_for', event: 'Bought', timeout: { n, unit: 'hour' } },
        { happened: 'yes', timeout: 'no' },
      ),
      { hours: 3 },
    );
    expect(row).toMatchObject({ block: 'b1', wake_at: new Date(T0 + hours * HOUR) });
    await world.moveTo(T0 + hours * HOUR + 1_000);
    expect(await world.runs(id)).toEqual(['ann no waiting']);
  });

  test('a wait of no length fails its block with the place', async () => {
    const { row } = await run(
      one(
        { type: 'wait_for', event: 'Bought', timeout: { n: { $event: 'hours' }, unit: 'hour' } },
        { happened: 'yes', timeout: 'no' },
      ),
    );
    expect(row).toMatchObject({ state: 'failed' });
  });

  test('writes parameters of an event, and literals stay what they are', async () => {
    const { world } = await run(
      one({
        type: 'launch_event',
        event: 'Told',
        key: 'for-{{ contact.external_id }}',
        params: { text: 'Hi {{ contact.first_name }}', n: 3, list: ['{{ event.a }}'] },
      }),
      { a: '"x"' },
    );
    await world.settle();
    const { rows } = await pool.query<{ params: JsonObject; key: string }>(
      `select e.params, e.key from events e join event_types t on t.id = e.event_type_id
        where t.key = 'Told' and t.workspace_id = $1`,
      [world.workspaceId],
    );
    expect(rows).toEqual([{ params: { text: 'Hi Ann', n: 3, list: ['"x"'] }, key: 'for-ann' }]);
  });

  test('that never ends costs its own run alone', async () => {
    const world = await newWorld();
    const endless = '{% for i in (1..100000000) %}{{ i }}{% endfor %}';
    const bad = await world.workflow(one({ type: 'end', reason: endless }, {}));
    const good = await world.workflow(
      one({ type: 'end', reason: 'Bye {{ contact.external_id }}' }, {}),
    );
    await world.happen(event('ann', 'Go'));
    await world.settle();
    expect((await world.runRows(bad))[0]).toMatchObject({ state: 'failed' });
    expect((await world.runRows(good))[0]).toMatchObject({ state: 'completed', reason: 'Bye ann' });
  });
});

describe('an order', () => {
  const order = (who: string, status: string, total: number, id = 'o1', at = T0) =>
    ({
      kind: 'order',
      ids: [['external_id', who]],
      order: { externalOrderId: id, status, total, currency: 'EUR', orderedAt: at, items: [] },
      fields: {},
      at,
      source: 'api',
    }) as never;
  const stopped = (stop: JsonObject) =>
    byGo({ b1: rest }, { stop: [{ type: 'order', ...stop }], limits: { one_at_a_time: false } });

  test('stops runs at once, but no cart does and no cancelled one', async () => {
    const world = await newWorld();
    const id = await world.workflow(stopped({}));
    await world.happen(event('ann', 'Go'));
    await world.happen(
      order('ann', 'ABANDONED_SHOPPING_CART', 5),
      order('ann', 'CANCELLED', 5, 'o2'),
    );
    expect(await world.runs(id)).toEqual(['ann b1 waiting']);
    await world.happen(order('ann', 'INITIALIZED', 5));
    const [row] = await world.runRows(id);
    expect(row).toMatchObject({ state: 'stopped', reason: 'stop order' });
  });

  test('stops those that its members mean', async () => {
    const world = await newWorld();
    const where = { param: 'total', op: 'greater', value: 99 };
    const large = await world.workflow(stopped({ where }));
    const status = { param: 'status', op: 'equals', value: 'CANCELLED' };
    const cancelled = await world.workflow(stopped({ where: status }));
    await world.happen(event('ann', 'Go'));
    await world.happen(order('ann', 'DELIVERED', 99));
    expect(await world.runs(large)).toEqual(['ann b1 waiting']);
    await world.happen(order('ann', 'DELIVERED', 100, 'o2'));
    expect(await world.runs(large)).toEqual(['ann b1 stopped']);
    expect(await world.runs(cancelled)).toEqual(['ann b1 waiting']);
    await world.happen(order('ann', 'CANCELLED', 100, 'o2'));
    expect(await world.runs(cancelled)).toEqual(['ann b1 stopped']);
  });

  test('within the lookback prevents a start', async () => {
    const world = await newWorld();
    const id = await world.workflow(stopped({ lookback: { n: 2, unit: 'hour' } }));
    await world.happen(order('ann', 'DELIVERED', 5));
    world.setClock(T0 + HOUR);
    await world.happen(event('ann', 'Go', {}, { at: T0 + HOUR }));
    expect(await world.refusals(id)).toEqual(['ann stop']);
    world.setClock(T0 + 3 * HOUR);
    await world.happen(event('ann', 'Go', {}, { at: T0 + 3 * HOUR }));
    expect(await world.runs(id)).toEqual(['ann b1 waiting']);
  });
});
