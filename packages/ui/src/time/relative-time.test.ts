import { expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

const now = Date.UTC(2026, 10, 22, 12);
const minute = 60_000;

test.each([
  ['an instant ago is now', -10_000, { kind: 'now' }],
  ['clock skew into the near future is now', 10_000, { kind: 'now' }],
  ['fifty seconds is said as one minute', -50_000, { kind: 'relative', value: -1, unit: 'minute' }],
  ['59 minutes stay minutes', -59 * minute, { kind: 'relative', value: -59, unit: 'minute' }],
  ['119 minutes are one hour', -119 * minute, { kind: 'relative', value: -1, unit: 'hour' }],
  ['47 hours are one day', -47 * 60 * minute, { kind: 'relative', value: -1, unit: 'day' }],
  ['the future is positive', 3 * 60 * minute, { kind: 'relative', value: 3, unit: 'hour' }],
  [
    'a wait of two days is called so',
    2 * 24 * 60 * minute - 5_000,
    { kind: 'relative', value: 2, unit: 'day' },
  ],
  [
    'what comes within the hour is an hour',
    60 * minute - 5_000,
    { kind: 'relative', value: 1, unit: 'hour' },
  ],
  ['eight days are a date', -8 * 24 * 60 * minute, { kind: 'date', withYear: false }],
  ['a year back names the year', -360 * 24 * 60 * minute, { kind: 'date', withYear: true }],
])('%s', (_name, offset, expected) => {
  expect(relativeTime(now + offset, now)).toEqual(expected);
});
