import { dayOfInstant, instantOfLocal, startOfDay, timeOfDay } from '@perennial/conditions';
import type { AlarmRule } from '@perennial/contracts';

const HOUR_MS = 3_600_000;

/** A stretch of time whose number is judged; epoch milliseconds, `to` excluded. */
export interface Bucket {
  from: number;
  to: number;
}

type Period = AlarmRule['period'];

/** The hour or day of a zone in which an instant lies. */
export function bucketAt(instant: number, period: Period, zone: string): Bucket {
  if (period === 'hour') {
    // Zones are moved by halves of hours: within one, the wall clock runs as ours.
    const from = instant - (timeOfDay(instant, zone) % HOUR_MS);
    return { from, to: from + HOUR_MS };
  }
  const day = dayOfInstant(instant, zone);
  return { from: startOfDay(day, zone), to: startOfDay(day + 1, zone) };
}

/** The same hour, or weekday, some weeks earlier by the zone's own clock. */
export function weeksBefore({ from }: Bucket, weeks: number, period: Period, zone: string): Bucket {
  const day = dayOfInstant(from, zone) - 7 * weeks;
  const at =
    period === 'day' ? startOfDay(day, zone) : instantOfLocal(day, timeOfDay(from, zone), zone);
  return bucketAt(at, period, zone);
}

/** Counts of quarters of an hour, as one number; every zone's hours and days begin with a quarter. */
export function sumIn(quarters: ReadonlyMap<number, number>, { from, to }: Bucket): number {
  let sum = 0;
  for (let at = from; at < to; at += HOUR_MS / 4) sum += quarters.get(at) ?? 0;
  return sum;
}
