import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealOut, quotasOf, whyNoSplit } from './split-members.ts';

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);

test('shares of any number of members are all of them, each within one of what it asks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 10 }),
      fc.nat({ max: 10_000 }),
      (weights, members) => {
        const shares = weights.map((weight) => (100 * weight) / sum(weights));
        const split = { by: 'share' as const, lists: shares.map((share) => ({ share })) };
        expect(whyNoSplit(split, members)).toBeUndefined();
        const quotas = quotasOf(split, members);
        expect(sum(quotas)).toBe(members);
        for (const [i, quota] of quotas.entries()) {
          expect(Math.abs(quota - (members * shares[i]!) / 100)).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});

test.each([
  [[33.3, 33.3, 33.3], 'The shares are 99.9 % together, not 100 %.'],
  [[33.33, 33.33, 33.34], undefined],
])('shares of %j: %s', (shares, why) => {
  expect(whyNoSplit({ by: 'share', lists: shares.map((share) => ({ share })) }, 10)).toBe(why);
});

test.each([
  [[4, 6], undefined, [4, 6]],
  [[4, null], undefined, [4, 6]],
  [[10, null], undefined, [10, 0]],
  [[4, 5], 'leave one size open', undefined],
  [[11, null], 'the list has 10', undefined],
  [[null, null], 'Only one', undefined],
])('sizes %j of ten members', (sizes, why, quotas) => {
  const split = { by: 'size' as const, lists: sizes.map((size) => ({ size })) };
  if (why) expect(whyNoSplit(split, 10)).toContain(why);
  else expect(whyNoSplit(split, 10)).toBeUndefined();
  if (quotas) expect(quotasOf(split, 10)).toEqual(quotas);
});

test('dealing in pieces fills every place, and nobody is left out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (quotas, numbers) => {
        const random = (below: number) => Math.floor(numbers.next().value! * below);
        const half = Math.floor(sum(quotas) / 2);
        const first = dealOut(half, quotas, random);
        const second = dealOut(sum(quotas) - half, first.left, random);
        const dealt = quotas.map(
          (_, list) => [...first.into, ...second.into].filter((into) => into === list).length,
        );
        expect(dealt).toEqual(quotas);
        expect(sum(second.left)).toBe(0);
      },
    ),
  );
});

test('who comes first is drawn: the lowest number is the first list, the highest the last', () => {
  expect(dealOut(1, [2, 3], () => 0).into).toEqual([0]);
  expect(dealOut(1, [2, 3], (below) => below - 1).into).toEqual([1]);
  expect(dealOut(2, [0, 0], () => 0)).toEqual({ into: [0, 0], left: [0, 0] });
});
