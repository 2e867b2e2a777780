import { expect, test } from 'vitest';
import { whyNoName } from './check-name.ts';

test.each([
  'Ada',
  'Анна-Марія',
  "O'Brien",
  'D’Artagnan',
  'José María',
  'Ludwig van B.',
  'Henry Jr.',
  'مريم',
  '王',
  'नेहा',
  'R2D2',
  'Maria del Carmen de la Cruz',
])('%s is a name', (name) => {
  expect(whyNoName(name)).toBeUndefined();
});

test.each([
  ['x'.repeat(41), 'longer than 40'],
  ['12345', 'no letter'],
  ['--', 'no letter'],
  ['Ada1234', 'more than 3 digits'],
  ['Ada <b>', 'characters other'],
  ['ada@example.com', 'characters other'],
  ['Professor. Ada', 'dot after a long word'],
  ['Alpha Bravo Delta Gamma', 'long words'],
  ['A B C D', 'short words'],
])('%s is none', (name, why) => {
  expect(whyNoName(name)).toContain(why);
});
