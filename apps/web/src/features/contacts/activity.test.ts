import { expect, test } from 'vitest';
import { dayOf, startsDay } from './activity.ts';

function at(instant: string) {
  return { at: instant };
}

test('the day is that of the zone, not of UTC', () => {
  expect(dayOf('2026-03-01T23:30:00Z', 'Europe/Kyiv')).toBe('2026-03-02');
  expect(dayOf('2026-03-01T23:30:00Z', 'America/New_York')).toBe('2026-03-01');
});

test('the newest item and every first of an older day open a day', () => {
  const items = ['2026-03-02T10:00:00Z', '2026-03-02T09:00:00Z', '2026-03-01T22:30:00Z'].map(at);
  expect(items.map((_, index) => startsDay(items, index, 'UTC'))).toEqual([true, false, true]);
  expect(items.map((_, index) => startsDay(items, index, 'Europe/Kyiv'))).toEqual([
    true,
    false,
    false,
  ]);
});
