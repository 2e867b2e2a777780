import { expect, test } from 'vitest';
import {
  addBranch,
  branchesOf,
  equalBranches,
  removeBranch,
  renameBranch,
  sharesOf,
  weightsOf,
} from './split-branches.ts';

const two = branchesOf({ weights: { b: 25, a: 75 } });

test('weights are read by exit or as a list', () => {
  expect(two).toEqual([
    { exit: 'a', weight: 75 },
    { exit: 'b', weight: 25 },
  ]);
  expect(branchesOf({ weights: [1, 2] })).toEqual([
    { exit: 'a', weight: 1 },
    { exit: 'b', weight: 2 },
  ]);
  expect(branchesOf({})).toEqual([]);
});

test('shares are of the sum, and of nothing there are none', () => {
  expect(sharesOf(two)).toEqual([0.75, 0.25]);
  expect(sharesOf([{ exit: 'a', weight: 0 }])).toEqual([0]);
});

test('a new exit takes the first letter that is free', () => {
  const { branches } = addBranch(branchesOf({ weights: { a: 1, c: 3 } }));
  expect(weightsOf(branches)).toEqual({ a: 1, c: 3, b: 3 });
});

test('an exit is taken away or renamed with what it leads to', () => {
  expect(removeBranch(two, 0)).toEqual({
    branches: [{ exit: 'b', weight: 25 }],
    exits: { a: null },
  });
  expect(renameBranch(two, 1, 'control')).toMatchObject({ exits: { b: 'control' } });
  expect(renameBranch(two, 1, 'a')).toEqual({ branches: two, exits: {} });
  expect(renameBranch(two, 1, 'With Spaces')).toEqual({ branches: two, exits: {} });
});

test.each([1, 2, 3, 7, 26])('%i equal shares make a hundred', (count) => {
  const branches = equalBranches(
    Array.from({ length: count }, (_, i) => ({ exit: String(i), weight: 9 })),
  );
  const weights = branches.map(({ weight }) => weight);
  expect(weights.reduce((a, b) => a + b)).toBe(100);
  expect(Math.max(...weights) - Math.min(...weights)).toBeLessThanOrEqual(1);
});
