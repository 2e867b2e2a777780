import { expect, test } from 'vitest';
import { ownAddress } from './use-enter.ts';

test('goes on to a path of the interface', () => {
  expect(ownAddress('/w/fitness/contacts?search=a')).toBe('/w/fitness/contacts?search=a');
});

test.each([
  null,
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
])('goes home instead of %s', (next) => {
  expect(ownAddress(next)).toBe('/');
});
