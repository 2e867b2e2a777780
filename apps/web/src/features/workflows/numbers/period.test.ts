import { expect, test } from 'vitest';
import { beginOf, readDays } from './period.ts';

const now = new Date('2026-06-03T15:00:00Z');

test.each([
  [1, '2026-06-03T00:00:00.000Z'],
  [7, '2026-05-28T00:00:00.000Z'],
  [0, undefined],
])('a period of %s days begins %s', (days, expected) => {
  expect(beginOf(days, now)).toBe(expected);
});

test.each([
  ['7', 7],
  ['', 0],
  ['-1', 0],
  ['x', 0],
])('%j in the address bar is %s days', (text, expected) => {
  expect(readDays(text)).toBe(expected);
});
