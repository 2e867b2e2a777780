import { expect, test } from 'vitest';
import { moved, subjectsOf, withSubjects } from './subject-list.ts';

test('the list is written as the content has it, and back', () => {
  const content = { subject: 'A', more_subjects: ['B', 'C'], html: 'x' };
  expect(subjectsOf(content)).toEqual(['A', 'B', 'C']);
  expect(withSubjects(content, ['B', 'A'])).toEqual({
    subject: 'B',
    more_subjects: ['A'],
    html: 'x',
  });
});

test('one subject is a subject alone', () => {
  expect(withSubjects({ subject: 'A', more_subjects: ['B'] }, ['B'])).toEqual({ subject: 'B' });
  expect(subjectsOf({})).toEqual(['']);
});

test.each([
  [0, 2, ['B', 'C', 'A']],
  [2, 0, ['C', 'A', 'B']],
  [1, 2, ['A', 'C', 'B']],
])('from place %i to place %i', (from, to, after) => {
  expect(moved(['A', 'B', 'C'], from, to)).toEqual(after);
});
