import {
  dateOfDay,
  dayOfDate,
  dayOfInstant,
  daysInMonth,
  instantOfLocal,
  timeOfDay,
} from '@perennial/conditions';
import { UNIT_MS, type Duration } from './duration.ts';

/**
 * `from` plus a length of time. Minutes to weeks have fixed lengths; a month is a calendar month
 * forward in the zone, at the same local time, clipped to the month's last day.
 */
export function afterDuration(from: number, { n, unit }: Duration, zone: string): number {
  if (unit !== 'month') return from + n * UNIT_MS[unit];
  const { year, month, day } = dateOfDay(dayOfInstant(from, zone));
  const months = year * 12 + (month - 1) + n;
  const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1];
  const toDay = dayOfDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
  return instantOfLocal(toDay, timeOfDay(from, zone), zone);
}
