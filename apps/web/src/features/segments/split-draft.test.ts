import { expect, test } from 'vitest';
import { evenParts, membersOf, orderOf, problemOf } from './split-draft.ts';

const nameOf = (n: number): string => `Part ${n}`;

test('even parts are all of it', () => {
  const shares = evenParts(3, { by: 'share', size: 10, nameOf });
  expect(shares.map(({ part }) => part)).toEqual([33.33, 33.33, 33.34]);
  expect(problemOf(shares, { by: 'share', size: 10 })).toBeUndefined();
  expect(membersOf(shares, { by: 'share', size: 2003 })).toEqual([668, 667, 668]);
  const sizes = evenParts(3, { by: 'size', size: 10, nameOf });
  expect(sizes.map(({ part }) => part)).toEqual([3, 3, '']);
  expect(membersOf(sizes, { by: 'size', size: 10 })).toEqual([3, 3, 4]);
  expect(orderOf(sizes, 'size')).toEqual({
    by: 'size',
    lists: [
      { name: 'Part 1', size: 3 },
      { name: 'Part 2', size: 3 },
      { name: 'Part 3', size: null },
    ],
  });
});

test.each([
  ['share', [50, 40], 'shares'],
  ['share', [100, ''], 'part'],
  ['share', [99.9999, 0.0001], undefined],
  ['size', [4, 6], undefined],
  ['size', [4, ''], undefined],
  ['size', ['', ''], 'rest'],
  ['size', [4, 5], 'tooFew'],
  ['size', [4, 7], 'tooMany'],
  ['size', [0, ''], 'part'],
] as const)('ten members by %s as %j: %s', (by, parts, problem) => {
  const drafts = parts.map((part, i) => ({ name: nameOf(i), part }));
  expect(problemOf(drafts, { by, size: 10 })).toBe(problem);
});

test('two parts need two names, whatever their case', () => {
  const drafts = ['a', 'A '].map((name) => ({ name, part: 50 }));
  expect(problemOf(drafts, { by: 'share', size: 10 })).toBe('name');
});
