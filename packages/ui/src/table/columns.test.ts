import { expect, test } from 'vitest';
import { formatSort, gridTemplate, nextSort, parseSort } from './columns.ts';

test('a sort survives the way to the wire and back', () => {
  for (const wire of ['-updated_at', 'email']) expect(formatSort(parseSort(wire))).toBe(wire);
});

test('numbers and times are first sorted from the greatest, a second click turns it', () => {
  const created = { sort: 'created_at', align: 'end' } as const;
  const first = nextSort({ key: 'email', descending: false }, created);
  expect(first).toEqual({ key: 'created_at', descending: true });
  expect(nextSort(first, created)).toEqual({ key: 'created_at', descending: false });
});

test('texts are first sorted from A', () => {
  expect(nextSort(undefined, { sort: 'email' })).toEqual({ key: 'email', descending: false });
});

test('growing columns share what is left beyond their least width', () => {
  expect(gridTemplate([{ width: 40 }, { width: 120, grow: 2 }])).toBe('40px minmax(120px, 2fr)');
});
