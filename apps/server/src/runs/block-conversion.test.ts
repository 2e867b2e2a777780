import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { countConversions, type ConversionFilter } from './block-conversion.ts';
import { createRunWorld, DAY, HOUR, MINUTE, T0 } from './test-world.ts';

const { pool } = await testDatabase();
let workflowId: number;
let typeId: number;

// ann buys two hours after she came, bob only after three days, cat at the very instant and then
// never, dan has not bought yet and began last.
beforeAll(async () => {
  const world = await createRunWorld(pool);
  workflowId = await world.workflow({
    language: 1,
    start: { type: 'event', event: 'Go' },
    first: 'ask',
    blocks: {
      ask: {
        type: 'if',
        condition: { type: 'event_param', param: 'plan', op: 'equals', value: 'pro' },
        exits: { yes: 'rest', no: 'done' },
      },
      rest: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'done' } },
      done: { type: 'end', exits: {} },
    },
  });
  const people = await Promise.all(
    ['ann', 'bob', 'cat', 'dan'].map((name) => world.contact({ email: `${name}@example.com` })),
  );
  const [ann, bob, cat, dan] = people as [number, number, number, number];
  const go = (contact: number, at: number, plan: string) =>
    world.apply({ contact, event: 'Go', at, params: { plan } });
  const buy = (contact: number, at: number) => world.apply({ contact, event: 'Bought', at });
  for (const [contact, plan] of [
    [ann, 'pro'],
    [bob, 'free'],
    [cat, 'free'],
  ] as const) {
    await go(contact, T0, plan);
  }
  await world.step(T0);
  await buy(cat, T0);
  await buy(ann, T0 + 2 * HOUR);
  await world.step(T0 + DAY);
  await buy(bob, T0 + 3 * DAY);
  await go(dan, T0 + 3 * DAY + HOUR, 'free');
  await world.step(T0 + 3 * DAY + HOUR);
  const { rows } = await pool.query<{ id: number }>(
    `select id from event_types where workspace_id = $1 and key = 'Bought'`,
    [world.workspaceId],
  );
  typeId = rows[0]!.id;
});

function count(filter: Partial<ConversionFilter>, limits: { most?: number; page?: number } = {}) {
  const now = new Date(T0 + 3 * DAY + 2 * HOUR);
  return countConversions(pool, { workflowId, typeId, withinHours: 24, now, ...filter }, limits);
}

test('many runs are counted in pages, however they are cut; too many are not', async () => {
  const whole = await count({});
  for (const page of [1, 2, 3, 4]) expect(await count({}, { page })).toEqual(whole);
  expect(await count({}, { page: 2, most: 4 })).toEqual(whole);
  expect(await count({}, { page: 2, most: 3 })).toBeUndefined();
});

test('who reached the goal within the window after a block counts, once, and who still may', async () => {
  expect(await count({})).toEqual({
    runs: 4,
    blocks: {
      ask: { passed: 4, reached: 1, open: 1 },
      // She bought before she left the timer.
      rest: { passed: 1, reached: 0, open: 0 },
      done: { passed: 4, reached: 0, open: 1 },
    },
  });
});

test('a longer window finds what came later', async () => {
  const counted = await count({ withinHours: 72 });
  expect(counted!.blocks['ask']).toEqual({ passed: 4, reached: 2, open: 1 });
  expect(counted!.blocks['done']).toEqual({ passed: 4, reached: 1, open: 2 });
});

test('only runs that began in the period, of the version', async () => {
  const early = await count({ to: new Date(T0 + MINUTE) });
  expect(early).toMatchObject({ runs: 3, blocks: { ask: { passed: 3, reached: 1, open: 0 } } });
  const late = await count({ from: new Date(T0 + DAY) });
  expect(late).toMatchObject({ runs: 1, blocks: { ask: { passed: 1 } } });
  expect(await count({ version: 2 })).toEqual({ runs: 0, blocks: {} });
});

test('of another event nobody is counted as having reached it', async () => {
  const counted = await count({ typeId: typeId + 1_000 });
  expect(counted!.blocks['ask']).toEqual({ passed: 4, reached: 0, open: 1 });
});
