import { expect, test } from 'vitest';
import { confirmText } from './confirm-text.ts';

test.each([
  [{ verified: 0, unverified: 0, invalid: 0 }, 'apps.identity.confirm.unknown'],
  [{ verified: 7, unverified: 0, invalid: 0 }, 'apps.identity.confirm.detail'],
  [{ verified: 0, unverified: 2, invalid: 1 }, 'apps.identity.confirm.detail'],
])('after %j it says %s', (calls, text) => {
  expect(confirmText(calls)).toBe(text);
});
