import type { EventCondition } from '@perennial/conditions';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import {
  byGo,
  DAY,
  event,
  HOUR,
  MINUTE,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const pipeline = await workflowPipeline(pool);
const worlds: WorkflowWorld[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

async function newWorld() {
  const world = await workflowWorld(pool, pipeline);
  worlds.push(world);
  return world;
}

const rest = { type: 'timer', wait: { n: 30, unit: 'day' } };

function waitFor(settings: JsonObject, more: JsonObject = {}): JsonObject {
  return byGo(
    {
      b1: {
        type: 'wait_for',
        timeout: { n: 1, unit: 'hour' },
        ...settings,
        exits: { happened: 'yes', timeout: 'no' },
      },
      yes: rest,
      no: rest,
    },
    more,
  );
}

describe('a wait for an event', () => {
  test('ends by the event, which the run keeps', async () => {
    const world = await newWorld();
    const id = await world.workflow(waitFor({ event: 'Bought' }));
    await world.happen(event('ann', 'Go'));
    expect(await world.runs(id)).toEqual(['ann b1 waiting']);
    world.setClock(T0 + MINUTE);
    await world.happen(event('ann', 'Bought', { total: 7 }, { at: T0 + MINUTE }));
    const [run] = await world.runRows(id);
    expect(run).toMatchObject({
      block: 'yes',
      results: { b1: { event: 'Bought', params: { total: 7 } } },
    });
  });

  test('ends by time, and at its instant the event that is applied first wins', async () => {
    const world = await newWorld();
    const id = await world.workflow(waitFor({ event: 'Bought' }));
    await world.happen(event('ann', 'Go'), event('bob', 'Go'));
    world.setClock(T0 + HOUR);
    await world.happen(event('bob', 'Bought', {}, { at: T0 + HOUR }));
    expect(await world.runs(id)).toEqual(['ann no waiting', 'bob yes waiting']);
    expect((await world.runRows(id))[0]).toMatchObject({ results: { b1: null } });
  });

  test.each([
    ['another event', event('ann', 'Browsed', { total: 7 })],
    ['one that the filter does not let pass', event('ann', 'Bought', { total: 1 })],
    [
      'one that happened before the run came there',
      event('ann', 'Bought', { total: 7 }, { at: T0 - 1 }),
    ],
    ['one of somebody else', event('bob', 'Bought', { total: 7 })],
  ])('goes on through %s', async (_name, item) => {
    const world = await newWorld();
    const where = { all: [{ param: 'total', op: 'greater', value: 5 }] };
    const id = await world.workflow(waitFor({ event: 'Bought', where }));
    await world.happen(event('ann', 'Go'));
    await world.happen({ ...item, ownTime: true } as typeof item);
    expect(await world.runs(id)).toEqual(['ann b1 waiting']);
  });

  test('with the same key hears of its own key alone', async () => {
    const world = await newWorld();
    const start = { type: 'event', event: 'Go', key: 'order' };
    const id = await world.workflow(waitFor({ event: 'Paid', same_key: true }, { start }));
    await world.happen(event('ann', 'Go', { order: 1 }), event('ann', 'Go', { order: 2 }));
    await world.happen(event('ann', 'Paid', { order: 2 }));
    expect((await world.runRows(id)).map(({ block }) => block)).toEqual(['b1', 'yes']);
  });

  test('is not missed when it arrives while the step that leads there stands in line', async () => {
    const world = await newWorld();
    const id = await world.workflow(waitFor({ event: 'Bought' }));
    await world.append(event('ann', 'Go'), event('ann', 'Bought', { n: 1 }));
    await world.drain();
    expect(await world.runs(id)).toEqual(['ann yes waiting']);
  });

  test('is neither ended by what started the run nor twice by one event', async () => {
    const world = await newWorld();
    const again = { timeout: { n: 1, unit: 'hour' }, type: 'wait_for', event: 'Go' };
    const id = await world.workflow(
      byGo(
        {
          b1: { ...again, exits: { happened: 'b2' } },
          b2: { ...again, exits: { happened: 'b3' } },
          b3: rest,
        },
        { limits: { one_at_a_time: 'contact' } },
      ),
    );
    await world.happen(event('ann', 'Go'));
    expect(await world.runs(id)).toEqual(['ann b1 waiting']);
    await world.happen(event('ann', 'Go'));
    expect(await world.runs(id)).toEqual(['ann b2 waiting']);
    await world.happen(event('ann', 'Go'));
    expect(await world.runs(id)).toEqual(['ann b3 waiting']);
  });

  test('is noted while the workflow is paused, and acts when it goes on', async () => {
    const world = await newWorld();
    const id = await world.workflow(waitFor({ event: 'Bought' }));
    await world.happen(event('ann', 'Go'), event('bob', 'Go'));
    await world.setState(id, 'paused');
    await world.moveTo(T0 + 2 * HOUR);
    await world.happen(event('ann', 'Bought', {}, { at: T0 + 2 * HOUR }));
    expect(await world.runs(id)).toEqual(['ann b1 waiting', 'bob b1 waiting']);
    await world.setState(id, 'active');
    await world.drain();
    expect(await world.runs(id)).toEqual(['ann yes waiting', 'bob no waiting']);
  });

  test('a stop comes before the wait that the same event would end', async () => {
    const world = await newWorld();
    const stop = [{ type: 'event', event: 'Bought' }];
    const id = await world.workflow(waitFor({ event: 'Bought' }, { stop }));
    await world.happen(event('ann', 'Go'));
    await world.happen(event('ann', 'Bought'));
    expect(await world.runs(id)).toEqual(['ann b1 stopped']);
  });

  test('feeds later blocks and conditions', async () => {
    const world = await newWorld();
    const id = await world.workflow(
      byGo({
        b1: {
          type: 'wait_for',
          event: 'Bought',
          timeout: { n: 1, unit: 'hour' },
          exits: { happened: 'b2' },
        },
        b2: {
          type: 'switch',
          conditions: [
            { type: 'run', param: 'b1.params.total', op: 'greater', value: 100 },
            { type: 'run', param: 'b1.params.total', op: 'greater', value: 10 },
          ],
          exits: { 1: 'big', 2: 'middle', else: 'small' },
        },
        big: rest,
        middle: { type: 'timer', wait: { n: { $run: 'b1.params.total' }, unit: 'minute' } },
        small: rest,
      }),
    );
    await world.happen(...['ann', 'bob', 'cid'].map((who) => event(who, 'Go')));
    await world.happen(
      event('ann', 'Bought', { total: 500 }),
      event('bob', 'Bought', { total: 50 }),
      event('cid', 'Bought', { total: 5 }),
    );
    expect(await world.runs(id)).toEqual([
      'ann big waiting',
      'bob middle waiting',
      'cid small waiting',
    ]);
    expect((await world.runRows(id))[1]!.wake_at).toEqual(new Date(T0 + 50 * MINUTE));
  });
});

describe('a wait for a segment', () => {
  test('ends by entering it, by a list as well', async () => {
    const world = await newWorld();
    const list = await world.list();
    const id = await world.workflow(waitFor({ segment: String(list) }));
    await world.happen(event('ann', 'Go'), event('bob', 'Go'));
    await world.happen({
      kind: 'membership',
      ids: [['external_id', 'ann']],
      lists: { add: [list] },
      at: T0,
      source: 'api',
    });
    await world.moveTo(T0 + HOUR);
    expect(await world.runs(id)).toEqual(['ann yes waiting', 'bob no waiting']);
  });

  test('passes at once for who is in it already', async () => {
    const world = await newWorld();
    const bought: EventCondition = { type: 'event', event: 'Bought' };
    const segment = await world.segment(bought);
    const id = await world.workflow(waitFor({ segment: String(segment) }));
    await world.happen(event('ann', 'Bought'), event('ann', 'Go'));
    expect(await world.runs(id)).toEqual(['ann yes waiting']);
    expect((await world.runRows(id))[0]!.results).toEqual({ b1: { already: true } });
  });
});

describe('a run that waits', () => {
  test('never hears of what belongs to another workspace', async () => {
    const [one, other] = [await newWorld(), await newWorld()];
    const id = await one.workflow(waitFor({ event: 'Bought' }));
    await one.happen(event('ann', 'Go'));
    await other.happen(event('ann', 'Bought'));
    expect(await one.runs(id)).toEqual(['ann b1 waiting']);
  });

  test('waits until a date of the event, and not for one that is past', async () => {
    const world = await newWorld();
    const id = await world.workflow(
      byGo({
        b1: {
          type: 'wait_until',
          date: { $event: 'starts' },
          offset: { n: -1, unit: 'day' },
          at: '09:00',
          zone: 'Europe/Kyiv',
          exits: { next: 'yes', failed: 'no' },
        },
        yes: rest,
        no: rest,
      }),
    );
    await world.happen(
      event('ann', 'Go', { starts: '2026-06-10' }),
      event('bob', 'Go', { starts: '2026-05-01' }),
      event('cid', 'Go', { starts: 'soon' }),
    );
    expect(await world.runs(id)).toEqual(['ann b1 waiting', 'bob yes waiting', 'cid no waiting']);
    const [ann] = await world.runRows(id);
    expect(ann!.wake_at).toEqual(new Date('2026-06-09T06:00:00Z'));
    await world.moveTo(T0 + 8 * DAY);
    expect((await world.runs(id))[0]).toBe('ann yes waiting');
  });
});
