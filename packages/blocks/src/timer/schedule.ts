import {
  dateOfDay,
  dayOfDate,
  dayOfInstant,
  daysInMonth,
  instantOfLocal,
  startOfDay,
  timeOfDay,
  weekdayOf,
} from '@perennial/conditions';
import { UNIT_MS, type Duration } from '../duration/duration.ts';

/** When a timer lets go, in local terms of one zone. */
export interface Until {
  readonly zone: string;
  /** ISO weekdays; absent: any day. */
  readonly weekdays?: readonly number[] | undefined;
  /** Milliseconds from midnight; absent: any time of those days. */
  readonly time?: number | undefined;
}

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

/**
 * The first instant not before `from` at which the weekday and the time are as wished; `from`
 * itself if they are so already.
 */
export function nextUntil(from: number, until: Until): number {
  const today = dayOfInstant(from, until.zone);
  if (until.time === undefined) {
    return isWished(until, today) ? from : startOfDay(nextWished(until, today + 1), until.zone);
  }
  // Yesterday's time may lie after midnight when the zone skipped it.
  let day = nextWished(until, today - 1);
  let instant = instantOfLocal(day, until.time, until.zone);
  while (instant < from) {
    day = nextWished(until, day + 1);
    instant = instantOfLocal(day, until.time, until.zone);
  }
  return instant;
}

function isWished({ weekdays }: Until, day: number): boolean {
  return weekdays === undefined || weekdays.includes(weekdayOf(day));
}

function nextWished(until: Until, from: number): number {
  let day = from;
  while (!isWished(until, day)) day += 1;
  return day;
}
