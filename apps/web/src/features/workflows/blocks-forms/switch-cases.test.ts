import { expect, test } from 'vitest';
import { addCase, moveCase, removeCase } from './switch-cases.ts';

const cases = ['one', 'two', 'three'];

test('a case that moves takes its exit along', () => {
  expect(moveCase(cases, 0, 1)).toEqual({
    conditions: ['two', 'one', 'three'],
    exits: { 1: '2', 2: '1' },
  });
  expect(moveCase(cases, 2, -1)).toEqual({
    conditions: ['one', 'three', 'two'],
    exits: { 3: '2', 2: '3' },
  });
});

test('without a case the exits of the later ones move up', () => {
  expect(removeCase(cases, 0)).toEqual({
    conditions: ['two', 'three'],
    exits: { 1: null, 2: '1', 3: '2' },
  });
  expect(removeCase(cases, 2)).toEqual({ conditions: ['one', 'two'], exits: { 3: null } });
});

test('a new case is the last, and no exit changes', () => {
  expect(addCase(cases)).toEqual({ conditions: [...cases, { all: [] }], exits: {} });
});
