import { expect, test } from 'vitest';
import { countSubjects, pickSubject, subjectsOf } from './subjects.ts';

const three = { subject: 'A', more_subjects: ['B', 'C'], html: '<p>x</p>' };

test('the first subject is the one that every e-mail has', () => {
  expect(subjectsOf(three)).toEqual(['A', 'B', 'C']);
  expect(subjectsOf({ subject: 'A' })).toEqual(['A']);
  expect(subjectsOf({ title: 'A push' })).toEqual([]);
});

test('only languages with several subjects are counted', () => {
  expect(countSubjects({ en: three, uk: { subject: 'Я' } })).toEqual({ en: 3 });
  expect(countSubjects({ uk: { subject: 'Я' } })).toBeNull();
});

test('a send without a choice has none', () => {
  expect(pickSubject(1, { counts: null, language: 'en' })).toBeNull();
  expect(pickSubject(1, { counts: { en: 3 }, language: 'uk' })).toBeNull();
});

test('a send gets the same subject whenever it is asked', () => {
  const counts = { en: 10 };
  const ask = () =>
    Array.from({ length: 50 }, (_, i) => pickSubject(i, { counts, language: 'en' }));
  expect(ask()).toEqual(ask());
});

/** At one in a million of being wrong, by degrees of freedom. */
const CRITICAL: Record<number, number> = { 1: 23.9, 2: 27.6, 4: 33.4, 9: 45.1 };

test.each([
  ['every number', 2, (n: number) => n],
  ['every number', 3, (n: number) => n],
  ['every number', 10, (n: number) => n],
  // Two messages to each contact, one after the other.
  ['every other number', 2, (n: number) => 2 * n],
  ['every fifth number', 5, (n: number) => 5 * n + 3],
])('subjects are shared out evenly among sends of %s, %i of them', (_, length, numberOf) => {
  const sends = 30_000;
  const got = new Array<number>(length).fill(0);
  for (let n = 0; n < sends; n += 1) {
    got[pickSubject(numberOf(n), { counts: { en: length }, language: 'en' })!]! += 1;
  }
  const fair = sends / length;
  const chiSquare = got.reduce((sum, count) => sum + (count - fair) ** 2 / fair, 0);
  expect(chiSquare).toBeLessThan(CRITICAL[length - 1]!);
});
