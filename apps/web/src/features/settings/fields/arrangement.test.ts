import type { Field, FieldGroup } from '@perennial/contracts';
import { expect, test } from 'vitest';
import {
  arrangementOf,
  moveField,
  shelvesOf,
  stepField,
  stepGroup,
  type Shelf,
} from './arrangement.ts';

const group = (name: string): FieldGroup => ({ id: name, name, position: 0, fields: 0 });
const field = (id: string, of: string | null) => ({ id, key: id, group: of }) as Field;

const shelves = shelvesOf(
  [group('A'), group('B'), group('Empty')],
  [field('1', 'A'), field('2', 'A'), field('3', 'B'), field('4', null)],
);

/** "A:1,2 B:3 ..." */
function text(of: Shelf[]): string {
  return of
    .map(({ group, fields }) => `${group?.name ?? '-'}:${fields.map(({ id }) => id).join(',')}`)
    .join(' ');
}

test('fields stand in their groups, the rest comes last', () => {
  expect(text(shelves)).toBe('A:1,2 B:3 Empty: -:4');
});

test.each([
  ['2', { shelf: 0, index: 0 }, 'A:2,1 B:3 Empty: -:4'],
  ['1', { shelf: 0, index: 2 }, 'A:2,1 B:3 Empty: -:4'],
  ['1', { shelf: 0, index: 1 }, 'A:1,2 B:3 Empty: -:4'],
  ['1', { shelf: 1, index: 1 }, 'A:2 B:3,1 Empty: -:4'],
  ['4', { shelf: 2, index: 0 }, 'A:1,2 B:3 Empty:4 -:'],
  ['none', { shelf: 0, index: 0 }, 'A:1,2 B:3 Empty: -:4'],
])('%s goes to %j', (id, to, expected) => {
  expect(text(moveField(shelves, id, to))).toBe(expected);
});

test.each([
  ['2', -1, 'A:2,1 B:3 Empty: -:4'],
  ['1', -1, 'A:1,2 B:3 Empty: -:4'],
  ['2', 1, 'A:1 B:2,3 Empty: -:4'],
  ['3', 1, 'A:1,2 B: Empty:3 -:4'],
  ['4', -1, 'A:1,2 B:3 Empty:4 -:'],
  ['4', 1, 'A:1,2 B:3 Empty: -:4'],
] as const)('%s steps %i', (id, step, expected) => {
  expect(text(stepField(shelves, id, step))).toBe(expected);
});

test('groups change places; those in no group stay last', () => {
  expect(text(stepGroup(shelves, 0, 1))).toBe('B:3 A:1,2 Empty: -:4');
  expect(text(stepGroup(shelves, 2, 1))).toBe(text(shelves));
  expect(text(stepGroup(shelves, 0, -1))).toBe(text(shelves));
});

test('the server gets names and IDs', () => {
  expect(arrangementOf(shelves).groups.at(-1)).toEqual({ name: null, fields: ['4'] });
});
