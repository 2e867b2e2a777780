import {
  dateOfDay,
  dayOfDate,
  dayOfInstant,
  daysInMonth,
  instantOfLocal,
  momentDay,
  momentInstant,
  timeOfDay,
  type Day,
  type Moment,
} from '@perennial/conditions';
import { z } from 'zod';
import { MOST_DURATION_MS, unitSchema, UNIT_MS, type Duration } from './duration.ts';

/** A length of time before (negative) or after a date. */
export const offsetSchema = z
  .strictObject({ n: z.int({ error: 'expected a whole number' }), unit: unitSchema })
  .refine(({ n, unit }) => Math.abs(n) * UNIT_MS[unit] <= MOST_DURATION_MS, {
    path: ['n'],
    error: 'expected at most 100 years',
  });

/** What a text says of an offset: `{amount} ${UNITS} {side}`. */
export function offsetText({ n, unit }: Duration): Record<string, string | number> {
  const size = Math.abs(n);
  return { n: size, amount: String(size), unit, side: n < 0 ? 'before' : 'after' };
}

export interface Shift {
  readonly offset?: Duration | undefined;
  /** Milliseconds from midnight, in the place of the moment's own time. */
  readonly time?: number | undefined;
  readonly zone: string;
}

/**
 * The instant that lies so far from a moment. What is a day, or gets a time of day, is moved along
 * the calendar, so that nine o'clock stays nine o'clock; an instant by fixed lengths, in which a day
 * has 24 hours, and a month is one of the calendar.
 */
export function shiftMoment(moment: Moment, { offset, time, zone }: Shift): number {
  if (time !== undefined) {
    const day = shiftDay(momentDay(moment, zone), offset);
    return instantOfLocal(day, time, zone);
  }
  const fixed = offset && offset.unit !== 'month';
  if (moment.kind === 'day' && offset && offset.unit !== 'minute' && offset.unit !== 'hour') {
    return momentInstant({ kind: 'day', day: shiftDay(moment.day, offset) }, zone);
  }
  const instant = momentInstant(moment, zone);
  if (!offset) return instant;
  if (fixed) return instant + offset.n * UNIT_MS[offset.unit];
  const day = shiftDay(dayOfInstant(instant, zone), offset);
  return instantOfLocal(day, timeOfDay(instant, zone), zone);
}

/** A day moved along the calendar; a month is clipped to its last day. */
function shiftDay(day: Day, offset: Duration | undefined): Day {
  if (!offset) return day;
  const { n, unit } = offset;
  if (unit !== 'month') return day + n * (unit === 'week' ? 7 : 1);
  const date = dateOfDay(day);
  const months = date.year * 12 + (date.month - 1) + n;
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  return dayOfDate(year, month, Math.min(date.day, daysInMonth(year, month)));
}
