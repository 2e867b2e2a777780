import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../db/test-database.ts';
import { createDomainPace } from '../receiving/domain-pace.ts';
import { DEAD_AFTER_MS } from './reclaim-abandoned.ts';
import { createShares, type Shares } from './shares.ts';
import { standingClock } from './test-senders.ts';
import { createTokenBucket } from './token-bucket.ts';

const { pool } = await testDatabase();
let clock = standingClock();

beforeEach(async () => {
  clock = standingClock();
  await pool.query(`delete from processes`);
});

/** A process with its row in the database. */
async function worker(role = 'worker') {
  const { rows } = await pool.query<{ id: number }>(
    `insert into processes (role, started_at, beat_at) values ($1, $2, $2) returning id`,
    [role, clock.now()],
  );
  const shares = createShares(pool, { clock: clock.now });
  await shares.refresh();
  const beat = () =>
    pool.query(`update processes set beat_at = $2 where id = $1`, [rows[0]!.id, clock.now()]);
  return { shares, beat };
}

/** How many of what is always there leave in so many seconds, all workers together. */
async function leaveWithin(
  seconds: number,
  workers: { shares: Shares; beat: () => Promise<unknown>; take: (now: number) => boolean }[],
): Promise<number> {
  let left = 0;
  for (let step = 0; step < seconds * 20; step += 1) {
    for (const { shares, take, beat } of workers) {
      await beat();
      await shares.refresh();
      while (take(clock.now().getTime())) left += 1;
    }
    clock.advance(50);
  }
  return left;
}

function withBucket<One extends { shares: Shares }>(one: One) {
  const bucket = createTokenBucket(20, one.shares.count);
  return { ...one, take: (now: number) => bucket.take(now).ok };
}

function withPace<One extends { shares: Shares }>(one: One) {
  const pace = createDomainPace({ ratePerSecond: 20, shares: one.shares.count });
  return { ...one, take: (now: number) => pace.take(now).ok };
}

test.each([
  ['a provider', withBucket],
  ['a receiving domain', withPace],
])('two workers together keep the rate of %s', async (_, kept) => {
  await worker('api');
  const workers = [await worker(), await worker('all')];
  await Promise.all(workers.map(({ beat }) => beat()));
  clock.advance(5_000);
  for (const { shares, beat } of workers) await beat().then(() => shares.refresh());
  const left = await leaveWithin(10, workers.map(kept));
  expect(left).toBeGreaterThanOrEqual(180);
  // With what a domain may get at once: as much as in a second.
  expect(left).toBeLessThanOrEqual(220);
});

test('who is left takes the whole rate when the other is taken for dead, not before', async () => {
  const [alive] = [await worker(), await worker()];
  clock.advance(2_500);
  await alive.shares.refresh();
  expect(alive.shares.count()).toBe(2);
  clock.advance(DEAD_AFTER_MS);
  await alive.beat();
  await alive.shares.refresh();
  expect(alive.shares.count()).toBe(1);
});
