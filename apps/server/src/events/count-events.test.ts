import { expect, test } from 'vitest';
import { ensurePartitions } from '../db/partitions.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { countEvents, lastDays } from './count-events.ts';
import { countFacts } from './count-facts.ts';

const { pool } = await testDatabase();
const now = new Date('2026-03-29T21:30:00Z');
await ensurePartitions(pool, { now });

/** Events of a type at even distances, the last of them now. */
function even(typeId: number, { n, everyMs }: { n: number; everyMs: number }) {
  return Array.from({ length: n }, (_, i) => ({ typeId, occurredAt: now.getTime() - i * everyMs }));
}

function count(facts: { typeId: number; occurredAt: number }[], slot: number, times?: -1) {
  return inTransaction(pool, (tx) => countFacts(tx, { facts, slot, ...(times && { times }) }));
}

test('days begin where the zone says, also when the clocks change', () => {
  const { names, starts } = lastDays({ n: 3, now, zone: 'Europe/Berlin' });
  expect(names).toEqual(['2026-03-27', '2026-03-28', '2026-03-29']);
  expect(starts.map((at) => new Date(at).toISOString())).toEqual([
    '2026-03-26T23:00:00.000Z',
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
});

test.each([
  ['Europe/Berlin', 100],
  ['Europe/London', 200],
  ['Asia/Kathmandu', 300],
  ['Pacific/Chatham', 400],
  ['Pacific/Apia', 500],
])('each event counts in its day of %s', async (zone, typeId) => {
  const facts = even(typeId, { n: 700, everyMs: 11 * 60_000 });
  await count(facts.slice(0, 300), 0);
  await count(facts.slice(300), 32);
  const days = lastDays({ n: 9, now, zone });
  const truth = days.names.map(
    (_, day) =>
      facts.filter(
        ({ occurredAt }) => occurredAt >= days.starts[day]! && occurredAt < days.starts[day + 1]!,
      ).length,
  );
  const counted = await countEvents(pool, { typeIds: [typeId, typeId + 1], days });
  expect(truth.reduce((sum, n) => sum + n, 0)).toBe(700);
  expect(counted.get(typeId)!.days).toEqual(truth);
  expect(counted.get(typeId + 1)!.days).toEqual(truth.map(() => 0));
});

test('what went is counted down, wherever it was counted', async () => {
  const days = lastDays({ n: 2, now, zone: 'UTC' });
  const facts = even(7, { n: 20, everyMs: 3_600_000 });
  await count(facts, 5);
  await count(facts.slice(0, 3), 9, -1);
  expect((await countEvents(pool, { typeIds: [7], days })).get(7)!.days).toEqual([0, 17]);
});

test('when a type was seen last is told', async () => {
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source)
     values (1, 1, 3, $1, $1, 1, 'sdk')`,
    [now],
  );
  const days = lastDays({ n: 1, now, zone: 'UTC' });
  const counted = await countEvents(pool, { typeIds: [3, 4], days });
  expect([counted.get(3)!.lastSeenAt, counted.get(4)!.lastSeenAt]).toEqual([now, null]);
});
