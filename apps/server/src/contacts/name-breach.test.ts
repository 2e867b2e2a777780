import { expect, test } from 'vitest';
import { nameBreach } from './name-breach.ts';

test('by hand and by API a name keeps to the rules of names', () => {
  expect(nameBreach('Ada 🎉', 'manual')).toContain('characters other');
  expect(nameBreach('x'.repeat(41), 'api')).toContain('40');
});

test('what an app sends is kept as it is, up to 100 characters', () => {
  expect(nameBreach('Ada 🎉 '.padEnd(100, 'x'), 'identify')).toBeUndefined();
  expect(nameBreach('x'.repeat(101), 'identify')).toBe('is longer than 100 characters');
});
