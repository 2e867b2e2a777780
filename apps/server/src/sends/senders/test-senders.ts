import { onTestFinished } from 'vitest';
import type { Pool } from '../../db/index.ts';
import { createRenderPool, recipientTokenKey, type RenderPool } from '../../messages/index.ts';
import { createSecretBox } from '../../secret/index.ts';
import { NOW, TEST_SLOTS } from '../test-world.ts';
import { createSenders, type Senders } from './start-senders.ts';

export const PUBLIC_URL = 'https://news.example';
export const testBox = createSecretBox('the secret of all tests, which is no secret');

export function testRenderPool(): RenderPool {
  return createRenderPool({
    publicUrl: PUBLIC_URL,
    tokenKey: recipientTokenKey(testBox),
    size: 1,
    stuckMs: 1_000,
  });
}

/** A clock that stands still until it is moved. */
export function standingClock(start = NOW) {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

export type StandingClock = ReturnType<typeof standingClock>;

/** Senders of a process of their own, not started: a test says when they look. */
export async function testSenders({
  pool,
  renderPool,
  clock,
}: {
  pool: Pool;
  renderPool: RenderPool;
  clock: StandingClock;
}): Promise<Senders & { processId: number; beat(): Promise<void>; errors: unknown[] }> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into processes (role, started_at, beat_at) values ('worker', $1, $1) returning id`,
    [clock.now()],
  );
  const processId = rows[0]!.id;
  const errors: unknown[] = [];
  const senders = createSenders({
    pool,
    renderPool,
    box: testBox,
    processId,
    slots: TEST_SLOTS,
    publicUrl: PUBLIC_URL,
    clock: clock.now,
    random: () => 0.5,
    onError: (error) => errors.push(error),
  });
  onTestFinished(() => senders.stop());
  const beat = async (): Promise<void> => {
    await pool.query(`update processes set beat_at = $2 where id = $1`, [processId, clock.now()]);
  };
  return { ...senders, processId, beat, errors };
}
