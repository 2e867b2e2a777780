import { expect, test } from 'vitest';
import { countryOf } from './calling-codes.ts';

test.each([
  ['+380 44 123 45 67', 'UA'],
  ['+1 (212) 555-0100', 'US'],
  ['+4915112345678', 'DE'],
  ['+420123456789', 'CZ'],
  ['0441234567', undefined],
  ['', undefined],
])('%s is of %s', (number, country) => {
  expect(countryOf(number)).toBe(country);
});
