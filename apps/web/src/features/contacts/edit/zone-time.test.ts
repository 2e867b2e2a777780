import { expect, test } from 'vitest';
import { instantOf, localTime } from './zone-time.ts';

test.each([
  ['2026-06-01T12:00', 'UTC', '2026-06-01T12:00:00.000Z'],
  ['2026-06-01T12:00', 'Europe/Kyiv', '2026-06-01T09:00:00.000Z'],
  ['2026-01-01T00:30', 'America/New_York', '2026-01-01T05:30:00.000Z'],
  ['2026-07-01T00:00', 'Asia/Kathmandu', '2026-06-30T18:15:00.000Z'],
  // Comes twice: the first.
  ['2026-10-25T03:30', 'Europe/Kyiv', '2026-10-25T00:30:00.000Z'],
  // Is skipped: an hour later.
  ['2026-03-29T03:30', 'Europe/Kyiv', '2026-03-29T01:30:00.000Z'],
])('%s in %s is %s', (local, zone, instant) => {
  expect(new Date(instantOf(local, zone)).toISOString()).toBe(instant);
});

test('the clock of a zone', () => {
  expect(localTime(Date.UTC(2026, 0, 1), 'Asia/Tokyo')).toBe('2026-01-01T09:00');
});
