import { type Day, dayOfDate, isLeapYear, weekdayOf } from './day.ts';

/**
 * Zones changed their clocks in these years; before, none did, and after, all go by rules that ask
 * for the day of the week. A year outside is like one inside that begins on the same day of the week
 * and has as many days, so that tables of zones need not hold thousands of years.
 */
export const ZONED_YEARS = { first: 1801, last: 2128 } as const;

/** So many years in a row, with no century among them, have all shapes that years have. */
const ALL_SHAPES = 28;

/** How many days lie between the years 1 to 9999 and those that stand for them. */
export function daysToStandIns(): readonly number[] {
  return Array.from({ length: 9999 }, (_, n) => firstDay(n + 1) - firstDay(standInFor(n + 1)));
}

function standInFor(year: number): number {
  const { first, last } = ZONED_YEARS;
  if (year >= first && year <= last) return year;
  const from = year < first ? first : last - ALL_SHAPES + 1;
  for (let other = from; other < from + ALL_SHAPES; other += 1) {
    if (shapeOf(other) === shapeOf(year)) return other;
  }
  throw new Error(`No year from ${from} on is like ${year}.`);
}

function shapeOf(year: number): string {
  return `${weekdayOf(firstDay(year))} ${isLeapYear(year)}`;
}

function firstDay(year: number): Day {
  return dayOfDate(year, 1, 1);
}
