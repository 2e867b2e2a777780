import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dateOfDay, dayOfDate, dayText, readDay, weekdayOf } from './day.ts';
import { startOfUnit } from './units.ts';

const anyDay = fc.integer({ min: dayOfDate(1, 1, 1), max: dayOfDate(9999, 12, 31) });

describe('days', () => {
  test('agree with the calendar of Temporal', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = Temporal.PlainDate.from('1970-01-01').add({ days: day });
        expect(dateOfDay(day)).toEqual({ year: date.year, month: date.month, day: date.day });
        expect(dayOfDate(date.year, date.month, date.day)).toBe(day);
        expect(weekdayOf(day)).toBe(date.dayOfWeek);
        expect(dayText(day)).toBe(date.toString());
        expect(readDay(date.toString())).toBe(day);
      }),
    );
  });
});

describe('starts of units', () => {
  test.each([
    ['day', '2026-10-14', 0, '2026-10-14'],
    ['day', '2026-03-01', -1, '2026-02-28'],
    ['week', '2026-10-14', 0, '2026-10-12'],
    ['week', '2026-10-12', 0, '2026-10-12'],
    ['week', '2026-10-18', 0, '2026-10-12'],
    ['week', '2026-01-01', -1, '2025-12-22'],
    ['month', '2026-01-31', -1, '2025-12-01'],
    ['month', '2026-12-31', 1, '2027-01-01'],
    ['quarter', '2026-05-15', 0, '2026-04-01'],
    ['quarter', '2026-02-15', -1, '2025-10-01'],
    ['quarter', '2026-11-15', 1, '2027-01-01'],
    ['year', '2026-07-01', -2, '2024-01-01'],
    ['year', '2026-07-01', 1, '2027-01-01'],
  ] as const)('%s of %s, %d units on, starts on %s', (unit, day, offset, start) => {
    expect(dayText(startOfUnit(unit, readDay(day) ?? 0, offset))).toBe(start);
  });
});
