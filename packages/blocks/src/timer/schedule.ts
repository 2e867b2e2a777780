import { dayOfInstant, instantOfLocal, startOfDay, weekdayOf } from '@perennial/conditions';

/** When a timer lets go, in local terms of one zone. */
export interface Until {
  readonly zone: string;
  /** ISO weekdays; absent: any day. */
  readonly weekdays?: readonly number[] | undefined;
  /** Milliseconds from midnight; absent: any time of those days. */
  readonly time?: number | undefined;
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
