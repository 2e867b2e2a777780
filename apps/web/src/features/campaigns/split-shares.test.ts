import { expect, test } from 'vitest';
import { equalShares, newSplit, withoutVariant, withVariant } from './split-shares.ts';

test.each([2, 3, 4, 5, 6, 7, 8])('equal shares of %i are 100 together, and differ by one', (n) => {
  const shares = equalShares(n);
  expect(shares).toHaveLength(n);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
});

test('a variant more or less divides anew, and the last of the others ends the split', () => {
  const three = withVariant({ ...newSplit, others: ['5'] });
  expect(three).toMatchObject({ others: ['5', null], shares: [34, 33, 33] });
  expect(withoutVariant(three, 0)).toMatchObject({ others: [null], shares: [50, 50] });
  expect(withoutVariant(newSplit, 0)).toBeNull();
});
