import { describe, expect, test } from 'vitest';
import {
  columnsThatFit,
  formatSort,
  gridTemplate,
  nextSort,
  parseSort,
  type Column,
} from './columns.ts';

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

describe('what fits', () => {
  const column = (id: string, width: number, yields?: number): Column<never> => ({
    id,
    header: id,
    width,
    cell: () => null,
    ...(yields !== undefined && { yields }),
  });
  const columns = [column('a', 100), column('b', 100, 1), column('c', 100, 2), column('d', 100)];

  test.each([
    [432, 'abcd'],
    [431, 'abd'],
    [332, 'abd'],
    [331, 'ad'],
    [10, 'ad'],
  ])('in %i px: %s', (width, ids) => {
    const shown = columnsThatFit(columns, { width, selectable: false });
    expect(shown.map(({ id }) => id).join('')).toBe(ids);
  });
});
