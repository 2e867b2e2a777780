import { expect, test } from 'vitest';
import { decodeEventId, encodeEventId } from './event-id.ts';

test.each([
  { contactId: 0, typeId: 1, occurredAt: Date.UTC(2000, 0, 1), id: 1 },
  { contactId: 2 ** 53 - 1, typeId: 999, occurredAt: Date.UTC(9999, 11, 31), id: 2 ** 53 - 1 },
])('%j is found again by its ID', (key) => {
  expect(decodeEventId(encodeEventId(key))).toEqual(key);
});

test.each([
  '',
  '12',
  '1-2-3',
  '1-2-3-4-5',
  'A-1-1-1',
  '1-1-1-zzzzzzzzzzz',
  "1-1-1-1'",
  '../1-1-1-1',
])('%j is no ID', (text) => {
  expect(decodeEventId(text)).toBeUndefined();
});
