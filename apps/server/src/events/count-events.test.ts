import { expect, test } from 'vitest';
import { ensurePartitions } from '../db/partitions.ts';
import { testDatabase } from '../db/test-database.ts';
import { countEvents, lastDays } from './count-events.ts';

const { pool } = await testDatabase();
const now = new Date('2026-03-29T21:30:00Z');
await ensurePartitions(pool, { now });

/** Events of a type at even distances, the last of them now. */
async function fill(typeId: number, { n, everyMs }: { n: number; everyMs: number }): Promise<void> {
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source)
     select 1, nextval('event_ids'), $1, at, at, 1, 'sdk'
       from (select $2::timestamptz - n * $3 * interval '1 millisecond' as at from generate_series(0, $4 - 1) n) made`,
    [typeId, now, everyMs, n],
  );
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

test('what can be counted is counted, each event in its day', async () => {
  await fill(1, { n: 50, everyMs: 3_600_000 });
  const days = lastDays({ n: 3, now, zone: 'Europe/Berlin' });
  const counted = await countEvents(pool, { typeIds: [1, 2], days });
  expect(counted.get(1)).toEqual({ days: [3, 24, 23], approximate: false, lastSeenAt: now });
  expect(counted.get(2)).toEqual({ days: [0, 0, 0], approximate: false, lastSeenAt: null });
});

test('what is too much is estimated, near the truth, and says so', async () => {
  await fill(3, { n: 20_000, everyMs: 10_000 });
  const days = lastDays({ n: 3, now, zone: 'UTC' });
  const exact = await countEvents(pool, { typeIds: [3], days });
  expect(exact.get(3)).toMatchObject({ approximate: false });
  const estimated = await countEvents(pool, { typeIds: [3], days, most: 1000 });
  expect(estimated.get(3)).toMatchObject({ approximate: true, lastSeenAt: now });
  const [truth, guess] = [exact.get(3)!.days, estimated.get(3)!.days];
  guess.forEach((n, day) => {
    if (truth[day]! > 1000) expect(Math.abs(n - truth[day]!) / truth[day]!).toBeLessThan(0.1);
  });
});
