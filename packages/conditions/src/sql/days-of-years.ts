import { type Day, dayOfDate, isLeapYear } from '../time/day.ts';
import type { Range } from '../time/range.ts';
import { ZONED_YEARS, daysToStandIns } from '../time/stand-in-years.ts';
import { startOfDay } from '../time/zones.ts';
import type { Sql } from './sql.ts';

/**
 * These days (`MM-DD`) of every year that zones changed their clocks in, as instants in the zone,
 * with the years beside them: a zone's day is not UTC's.
 */
export function daysOfYears(monthDays: readonly string[], zone: string): Range[] {
  const ranges: Range[] = [];
  let run: { first: Day; end: Day } | undefined;
  const close = () => {
    if (run) ranges.push({ from: startOfDay(run.first, zone), to: startOfDay(run.end, zone) });
  };
  for (const day of eachDay(monthDays.toSorted())) {
    if (run && day <= run.end) {
      run.end = day + 1;
      continue;
    }
    close();
    run = { first: day, end: day + 1 };
  }
  close();
  return ranges;
}

function* eachDay(monthDays: readonly string[]): Generator<Day> {
  const parts = monthDays.map((text) => text.split('-').map(Number) as [number, number]);
  for (let year = ZONED_YEARS.first - 1; year <= ZONED_YEARS.last + 1; year += 1) {
    for (const [month, day] of parts) {
      if (month !== 2 || day !== 29 || isLeapYear(year)) yield dayOfDate(year, month, day);
    }
  }
}

/** Ranges of instants as PostgreSQL writes them: SQL does no zone arithmetic. */
export function multirange(ranges: readonly Range[]): string {
  const text = (at: number): string => new Date(at).toISOString();
  return `{${ranges.map(({ from, to }) => `[${text(from)},${text(to)})`).join()}}`;
}

let shifts: string | undefined;

/** The instant in the year that stands for its own. */
export function folded(sql: Sql, instant: string): string {
  shifts ??= `{${daysToStandIns().join()}}`;
  const year = `extract(year from ${instant} at time zone 'UTC')::int`;
  return `(${instant} - interval '24 hours' * (${sql.put(shifts, 'int[]')})[${year}])`;
}
