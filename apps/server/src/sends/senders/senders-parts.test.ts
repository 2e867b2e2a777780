import type { SendOutcome } from '@perennial/channels/providers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createFlow, type Parcel } from './flow.ts';
import { createLookAhead } from './look-ahead.ts';
import { retryDelay } from './retry-delay.ts';
import { createTokenBucket } from './token-bucket.ts';

test('a bucket lets no more through than its rate and one burst, however it is asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 200 }),
      (rate, steps) => {
        const bucket = createTokenBucket(rate);
        let now = 1_000;
        let through = 0;
        for (const step of steps) {
          now += step;
          while (bucket.take(now).ok) through += 1;
        }
        const elapsed = now - 1_000;
        expect(through).toBeLessThanOrEqual(
          (elapsed * rate) / 1_000 + Math.max(1, rate / 10) + 1e-6,
        );
      },
    ),
  );
});

test('who waits as long as the bucket says gets a token', () => {
  const bucket = createTokenBucket(3);
  let now = 0;
  for (let i = 0; i < 20; i += 1) {
    const answer = bucket.take(now);
    if (!answer.ok) {
      now += answer.waitMs;
      expect(bucket.take(now).ok).toBe(true);
    }
  }
  expect(now).toBeGreaterThan(5_000);
});

describe('a breaker', () => {
  test('opens after three troubles in a row, not after two and a success', () => {
    const breaker = createCircuitBreaker();
    expect([breaker.trouble(0), breaker.trouble(0)]).toEqual([false, false]);
    breaker.fine();
    expect([breaker.trouble(0), breaker.trouble(0), breaker.trouble(0)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(breaker.allowance(1)).toBe(0);
  });

  test('then lets one try, and is closed by its success', () => {
    const breaker = createCircuitBreaker();
    for (let i = 0; i < 3; i += 1) breaker.trouble(0);
    expect(breaker.allowance(4_999)).toBe(0);
    expect(breaker.allowance(5_000)).toBe(1);
    breaker.fine();
    expect(breaker.allowance(5_001)).toBe(Infinity);
  });

  test('pauses longer each time, at most five minutes, and late troubles count once', () => {
    const breaker = createCircuitBreaker();
    for (let i = 0; i < 3; i += 1) breaker.trouble(0);
    expect(breaker.trouble(1)).toBe(false);
    let now = 5_000;
    const pauses: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      expect(breaker.trouble(now)).toBe(true);
      const from = now;
      while (breaker.allowance(now) === 0) now += 1_000;
      pauses.push(now - from);
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300, 300].map((s) => s * 1_000));
  });
});

test.each([
  [1, false, 60_000],
  [2, false, 300_000],
  [7, false, 14_400_000],
  [70, false, 14_400_000],
  [5, true, 10_000],
])(
  'after %i tries (provider in trouble: %s) it waits about %i ms',
  (attempts, providerTrouble, ms) => {
    const delay = (random: number) => retryDelay({ attempts, providerTrouble, random });
    expect([delay(0), delay(0.5), delay(1)]).toEqual([ms * 0.8, ms, ms * 1.2]);
  },
);

test('as much is taken ahead as keeps the lines busy, and less when it waits', () => {
  const ahead = createLookAhead(5);
  const first = ahead.target;
  for (let now = 0; now < 5_000; now += 50) ahead.starved(now);
  const grown = ahead.target;
  expect(grown).toBeGreaterThan(first * 10);
  expect(grown).toBeLessThanOrEqual(1_000);
  for (let now = 0; now < 60_000; now += 50) ahead.waited(5_000, now);
  expect(ahead.target).toBe(10);
});

test('what waits for its turn is returned when it is recalled; what is under way goes on', async () => {
  const outcomes: string[] = [];
  const left = Promise.withResolvers<SendOutcome>();
  const flow = createFlow({
    provider: {
      concurrency: 1,
      send: () => left.promise,
      verify: async () => ({ ok: true }),
      close: async () => {},
    },
    clock: () => new Date(0),
    onOutcome: ({ deliveryId }, { kind }) => outcomes.push(`${deliveryId} ${kind}`),
    onRoom: () => {},
    onState: () => {},
  });
  const parcel = (deliveryId: number): Parcel => ({
    deliveryId,
    lane: 1,
    takenAt: 0,
    message: { address: 'a@b.example', key: String(deliveryId), transactional: false, content: {} },
  });
  flow.push([1, 2, 3, 4].map(parcel));
  flow.recall(({ deliveryId }) => deliveryId < 4);
  expect(outcomes).toEqual(['2 returned', '3 returned']);
  left.resolve({ kind: 'accepted' });
  await flow.close();
  expect(outcomes.slice(2).toSorted()).toEqual(['1 accepted', '4 returned']);
});
