import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from './day.ts';
import type { Range } from './range.ts';
import { ZONED_YEARS } from './stand-in-years.ts';

const known = new Map<string, readonly Range[]>();

/**
 * Local times, counted as if they were UTC's, that a zone skipped together with the midnight after
 * them: they stand for the first instant of the next day (Toronto at 23:30 on 30 March 1919, all of
 * 30 December 2011 in Apia). Of the years that zones changed their clocks in.
 */
export function skippedMidnights(zone: string): readonly Range[] {
  const found = known.get(zone) ?? find(zone);
  known.set(zone, found);
  return found;
}

function find(zone: string): Range[] {
  if (zone === 'UTC') return [];
  const found: Range[] = [];
  for (const change of changesOf(zone)) {
    const before = change.subtract({ nanoseconds: 1 });
    const [from, to] = [shown(change, before), shown(change, change)];
    const midnight = Math.floor(to / DAY_MS) * DAY_MS;
    if (from < midnight) found.push({ from, to: midnight });
  }
  return found;
}

function* changesOf(zone: string): Generator<Temporal.ZonedDateTime> {
  const { first, last } = ZONED_YEARS;
  const start = Temporal.PlainDate.from({ year: first, month: 1, day: 1 }).toZonedDateTime(zone);
  let change = start.getTimeZoneTransition('next');
  while (change && change.year <= last) {
    yield change;
    change = change.getTimeZoneTransition('next');
  }
}

/** What the clock would show at an instant by the offset of another. */
function shown(at: Temporal.ZonedDateTime, by: Temporal.ZonedDateTime): number {
  return at.epochMilliseconds + by.offsetNanoseconds / 1_000_000;
}
