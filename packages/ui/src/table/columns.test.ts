import { expect, test } from 'vitest';
import { formatSort, gridTemplate, nextSort, parseSort } from './columns.ts';

test('a sort survives the way to the wire and back', () => {
  for (const wire of ['-updated_at', 'email']) expect(formatSort(parseSort(wire))).toBe(wire);
});

test('the first click on a head sorts descending, the second turns it', () => {
  const first = nextSort({ key: 'email', descending: false }, 'created_at');
  expect(first).toEqual({ key: 'created_at', descending: true });
  expect(nextSort(first, 'created_at')).toEqual({ key: 'created_at', descending: false });
});

test('growing columns share what is left beyond their least width', () => {
  expect(gridTemplate([{ width: 40 }, { width: 120, grow: 2 }])).toBe('40px minmax(120px, 2fr)');
});
