import fc from 'fast-check';
import { expect, test } from 'vitest';
import { releasedBy, releaseOf } from './pace.ts';

const T0 = Date.UTC(2026, 2, 1, 9);

test.each([
  ['the first batch at once', 0, 0],
  ['the last of the first batch', 99, 0],
  ['the first of the second a minute later', 100, 60_000],
  ['the thousandth nine minutes later', 999, 9 * 60_000],
])('100 a minute: %s', (_, place, after) => {
  expect(releaseOf(place, { n: 100, per: 'minute' }, { from: T0, handed: 0 })).toBe(T0 + after);
});

test('after a pause the counting goes on from where it stood', () => {
  const state = { from: T0, handed: 250 };
  expect(releaseOf(250, { n: 100, per: 'hour' }, state)).toBe(T0);
  expect(releaseOf(350, { n: 100, per: 'hour' }, state)).toBe(T0 + 3_600_000);
});

test('whoever may be handed over by an instant is not due after it, and the next one is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.constantFrom('second', 'minute', 'hour', 'day', 'month'),
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 0, max: 500 }),
      (n, per, after, handed) => {
        const pace = { n, per };
        const state = { from: T0, handed };
        const released = releasedBy(T0 + after, pace, state);
        expect(releaseOf(released - 1, pace, state)).toBeLessThanOrEqual(T0 + after);
        expect(releaseOf(released, pace, state)).toBeGreaterThan(T0 + after);
      },
    ),
  );
});
