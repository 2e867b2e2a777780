import {
  dateOfDay,
  dayOfDate,
  dayOfInstant,
  daysInMonth,
  momentDay,
  readMoment,
  DAY_MS,
  type Json,
  type Moment,
} from '@perennial/conditions';
import { UNIT_MS, type Duration } from '../duration/duration.ts';
import { shiftMoment } from '../duration/offset.ts';
import { readTimeOfDay } from '../time-of-day.ts';
import type { StartOf } from './starts.ts';

/**
 * The first instant after this one at which a date of a contact starts it, in the zone that the start
 * means for the contact; undefined: none. An anniversary of 29 February is 28 February in other years.
 */
export function dateOccurrence(
  { anniversary, offset, at }: StartOf<'date'>,
  value: Json | undefined,
  { after, zone }: { after: number; zone: string },
): number | undefined {
  const moment = readMoment(value);
  if (!moment) return undefined;
  const shift = { offset, time: at === undefined ? undefined : readTimeOfDay(at), zone };
  if (!anniversary) {
    const instant = shiftMoment(moment, shift);
    return instant > after ? instant : undefined;
  }
  const thisYear = dateOfDay(dayOfInstant(after, zone)).year;
  const reach = yearsOf(offset) + 1;
  for (let year = thisYear - reach; year <= thisYear + reach; year += 1) {
    const instant = shiftMoment(inYear(moment, year, zone), shift);
    if (instant > after) return instant;
  }
  return undefined;
}

/** So many years an offset reaches at most. */
function yearsOf(offset: Duration | undefined): number {
  return offset ? Math.ceil((Math.abs(offset.n) * UNIT_MS[offset.unit]) / (365 * DAY_MS)) : 0;
}

function inYear(moment: Moment, year: number, zone: string): Moment {
  const { month, day } = dateOfDay(momentDay(moment, zone));
  const there = dayOfDate(year, month, Math.min(day, daysInMonth(year, month)));
  return moment.kind === 'local'
    ? { kind: 'local', day: there, time: moment.time }
    : { kind: 'day', day: there };
}
