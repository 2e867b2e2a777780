import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { createRunWorld, DAY, HOUR, MINUTE, T0, type Happening } from './test-world.ts';

const { pool } = await testDatabase();

const EVENTS = ['Visited', 'Ordered', 'Left'];

/** Workflows with different limits, whose runs rest longer than any history lasts. */
const DEFINITIONS: JsonObject[] = [
  workflow({ event: 'Visited' }, {}, [{ type: 'event', event: 'Ordered' }]),
  workflow({ event: 'Ordered', unique: { n: 20, unit: 'minute' } }, { one_at_a_time: false }, [
    { type: 'event', event: 'Left', same_key: true },
  ]),
  workflow({ event: 'Visited' }, { reentry: { n: 15, unit: 'minute' }, one_at_a_time: 'contact' }, [
    { type: 'event', event: 'Left', lookback: { n: 10, unit: 'minute' } },
  ]),
  workflow(
    { event: 'Left', where: { param: 'n', op: 'greater', value: 1 }, unique: 'once' },
    { one_at_a_time: false },
    [],
  ),
];

function workflow(start: JsonObject, limits: JsonObject, stop: JsonObject[]): JsonObject {
  return {
    language: 1,
    start: { type: 'event', ...start },
    stop,
    limits,
    first: 'b1',
    blocks: { b1: { type: 'timer', wait: { n: 1, unit: 'day' } } },
  };
}

interface Drawn {
  contact: number;
  event: string;
  key: string;
  n: number;
  /** Minutes since the one before. */
  gap: number;
  /** Minutes between occurrence and arrival. */
  delay: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  contact: fc.nat({ max: 2 }),
  event: fc.constantFrom(...EVENTS),
  key: fc.constantFrom('', 'A', 'B'),
  n: fc.nat({ max: 3 }),
  gap: fc.nat({ max: 6 }),
  delay: fc.oneof(fc.constant(0), fc.nat({ max: 30 })),
});

/** Plays a history in batches of these sizes; what became of every start, without IDs. */
async function play(history: Drawn[], sizes: number[]): Promise<unknown[]> {
  const world = await createRunWorld(pool);
  const workflows: number[] = [];
  for (const definition of DEFINITIONS) workflows.push(await world.workflow(definition));
  const contacts = [await world.contact(), await world.contact(), await world.contact()];
  let at = T0;
  const happenings = history.map(({ contact, event, key, n, gap, delay }): Happening => {
    at += gap * MINUTE;
    const occurredAt = at - delay * MINUTE;
    return { contact: contacts[contact]!, event, key, params: { n }, at, occurredAt };
  });
  for (let from = 0, i = 0; from < happenings.length; i += 1) {
    const batch = happenings.slice(from, from + sizes[i % sizes.length]!);
    from += batch.length;
    await world.apply(...batch);
    await world.step(batch.at(-1)!.at);
  }
  const runs = await world.runs();
  const refusals = await world.refusals();
  return [
    ...runs.map((run) => [
      contacts.indexOf(run.contact_id),
      workflows.indexOf(run.workflow_id),
      run.key,
      run.started_at.getTime() - T0,
      run.state === 'stopped' ? run.reason : 'active',
    ]),
    ...refusals.map((row) => [contacts.indexOf(row.contact_id), row.key, row.reason]),
  ]
    .map((row) => JSON.stringify(row))
    .sort();
}

test('the same facts give the same runs however they are cut into batches', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(drawn, { minLength: 1, maxLength: 25 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
      async (history, sizes) => {
        expect(await play(history, sizes)).toEqual(await play(history, [1]));
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

test('no run of these histories can end by itself', () => {
  expect(25 * 6 * MINUTE).toBeLessThan(DAY - HOUR);
});
