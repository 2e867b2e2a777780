import { expect, test } from 'vitest';
import { ageOn } from './age-on.ts';

test.each([
  ['1990-05-05', '2026-05-04', 35],
  ['1990-05-05', '2026-05-05', 36],
  ['2000-02-29', '2026-02-28', 25],
  ['2026-05-05', '2026-05-05', 0],
  ['2026-05-06', '2026-05-05', undefined],
  ['1900-05-05', '2026-05-05', undefined],
  ['0001-05-05', '2026-05-05', undefined],
])('who was born on %s is on %s of the age %s', (birthday, today, age) => {
  expect(ageOn(birthday, today)).toBe(age);
});
