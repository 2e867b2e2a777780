import { blocks } from '@perennial/blocks';
import { expect, test } from 'vitest';
import { found, paletteItems } from './palette-items.ts';

test('every kind of block is in the palette once, group by group', () => {
  const items = paletteItems((type) => type);
  expect(items.map(({ type }) => type).sort()).toEqual(Object.keys(blocks).sort());
  const groups = items.map(({ group }) => group);
  expect(groups.filter((group, n) => group !== groups[n - 1])).toEqual([...new Set(groups)]);
});

const items = [
  { words: ['Update fields', 'contact'] },
  { words: ['Email', 'message'] },
  { words: ['Wait until', 'time'] },
  { words: ['Timer', 'time'] },
];
const names = (query: string) => found(items, query).map(({ words }) => words[0]);

test.each([
  ['', ['Update fields', 'Email', 'Wait until', 'Timer']],
  ['email', ['Email']],
  ['TIM', ['Timer', 'Wait until']],
  ['until', ['Wait until']],
  ['date f', ['Update fields']],
  ['xyz', []],
])('%j finds %j', (query, expected) => {
  expect(names(query)).toEqual(expected);
});
