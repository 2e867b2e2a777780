import { expect, test } from 'vitest';
import { slotsAtOnce } from './slots-at-once.ts';

function slots(rows: number[], from = 0): number[] {
  const waiting = new Map(rows.map((n, slot) => [slot, { answers: n, rows: n }]));
  return slotsAtOnce({ from, slotCount: 16, waiting });
}

test('where little waits, a quarter of all slots is taken at once', () => {
  expect(slots([])).toEqual([0, 1, 2, 3]);
  expect(slots([], 14)).toEqual([14, 15]);
});

test('where much waits, as many slots as are quickly done, and one at least', () => {
  expect(slots([1500, 1500, 1500])).toEqual([0, 1]);
  expect(slots([100_000, 1])).toEqual([0]);
  expect(slots([100_000, 1, 4000], 1)).toEqual([1]);
});
