import { expect, test } from 'vitest';
import { hoursOfDay } from './hours-of-day.ts';

test('hours without requests are zero, and the current one is the last', () => {
  const now = Date.parse('2026-03-02T10:30:00Z');
  const hours = hoursOfDay(
    [
      { hour: '2026-03-01T10:00:00.000Z', delivered: 9, failed: 0 },
      { hour: '2026-03-01T11:00:00.000Z', delivered: 1, failed: 0 },
      { hour: '2026-03-02T10:00:00.000Z', delivered: 2, failed: 1 },
    ],
    now,
  );
  expect(hours).toHaveLength(24);
  expect([hours[0], hours.at(-1)]).toEqual([1, 2]);
  expect(hours.reduce((sum, n) => sum + n)).toBe(3);
});
