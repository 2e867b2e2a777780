import { type Day, dateOfDay, dayOfDate, weekdayOf } from './day.ts';

/** Units of calendar periods (`this`, `previous`). */
export const CALENDAR_UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** A unit of the calendar. Weeks start on Monday (ISO 8601). */
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

/** Units of rolling periods (`last`, `longer_ago`, `next`). */
export const ROLLING_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
/** A unit of fixed length that knows no zone. */
export type RollingUnit = (typeof ROLLING_UNITS)[number];

const HOUR_MS = 3_600_000;

/** Lengths of rolling units in milliseconds: a month is 30 days, a year 365. */
export const ROLLING_MS: Readonly<Record<RollingUnit, number>> = {
  minute: 60_000,
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
  year: 365 * 24 * HOUR_MS,
};

/** No period reaches further than 100 years: the greatest `n` by calendar unit. */
export const MOST_CALENDAR_UNITS: Readonly<Record<CalendarUnit, number>> = {
  day: 36_524,
  week: 5_217,
  month: 1_200,
  quarter: 400,
  year: 100,
};

/** No period reaches further than 100 years of 365 days: the greatest `n` by rolling unit. */
export function mostRollingUnits(unit: RollingUnit): number {
  return Math.floor((100 * ROLLING_MS.year) / ROLLING_MS[unit]);
}

const MONTHS: Readonly<Record<'month' | 'quarter' | 'year', number>> = {
  month: 1,
  quarter: 3,
  year: 12,
};

/** The first day of the unit that lies `offset` units after the one that holds `day`. */
export function startOfUnit(unit: CalendarUnit, day: Day, offset: number): Day {
  if (unit === 'day') return day + offset;
  if (unit === 'week') return day - (weekdayOf(day) - 1) + 7 * offset;
  const { year, month } = dateOfDay(day);
  const length = MONTHS[unit];
  const months = year * 12 + (month - 1);
  const start = (Math.floor(months / length) + offset) * length;
  return dayOfDate(Math.floor(start / 12), (((start % 12) + 12) % 12) + 1, 1);
}
