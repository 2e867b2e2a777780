import { expect, test } from 'vitest';
import { DAY_MS, dateOfDay, dayOfDate } from './day.ts';
import { ZONED_YEARS, daysToStandIns } from './stand-in-years.ts';
import { startOfDay } from './zones.ts';

const shifts = daysToStandIns();

test('a year stands for itself, or is stood for by one with the same days and weekdays', () => {
  shifts.forEach((shift, n) => {
    const year = n + 1;
    const first = dayOfDate(year, 1, 1);
    const other = dateOfDay(first - shift);
    expect(other).toMatchObject({ month: 1, day: 1 });
    expect(dateOfDay(dayOfDate(year, 12, 31) - shift)).toMatchObject({ month: 12, day: 31 });
    expect(Math.abs(shift % 7)).toBe(0);
    const isZoned = year >= ZONED_YEARS.first && year <= ZONED_YEARS.last;
    expect(shift === 0).toBe(isZoned);
  });
});

test('in every zone the days of a year begin as those of the year that stands for it', () => {
  const years = [1, 800, 1600, 1799, 1800, 2129, 2199, 2200, 2400, 3001, 9996, 9999];
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    for (const year of years) {
      // Sundays in spring and autumn among them, and the ends of the year.
      for (const ofYear of [0, 66, 73, 85, 88, 92, 268, 297, 305, 309, 364]) {
        const day = dayOfDate(year, 1, 1) + ofYear;
        const shift = shifts[year - 1]!;
        const standIn = startOfDay(day - shift, zone) + shift * DAY_MS;
        if (startOfDay(day, zone) !== standIn) expect.fail(`${zone}, day ${ofYear} of ${year}`);
      }
    }
  }
});
