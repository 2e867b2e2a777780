import { z } from 'zod';
import { type Json, isJsonObject } from '../json.ts';
import { anniversarySql } from '../sql/anniversaries.ts';
import { anniversaryChanges } from '../sql/anniversary-changes.ts';
import { type Day, dateOfDay, dayOfDate, isLeapYear } from '../time/day.ts';
import { perZone } from '../time/per-zone.ts';
import { dayOfInstant, resolveZone, startOfDay } from '../time/zones.ts';
import { momentDay, readMoment } from '../values/moment.ts';
import type { PositiveOperator } from './operator.ts';

/** Days from today, both included. */
interface DaySpan {
  readonly from: number;
  readonly to: number;
}

const EXPECTED_OFFSET = 'expected a whole number from -366 to 366';

const offsetSchema = z
  .int({ error: EXPECTED_OFFSET })
  .min(-366, { error: EXPECTED_OFFSET })
  .max(366, { error: EXPECTED_OFFSET });

const spanSchema = z
  .strictObject(
    { from: offsetSchema, to: offsetSchema },
    {
      error: (issue) =>
        issue.code === 'invalid_type' ? 'expected {"from": days, "to": days}' : undefined,
    },
  )
  .refine(({ from, to }) => from <= to, { error: 'expected "from" to be at most "to"' });

function daysAway(end: 'from' | 'to'): string {
  return `{${end}Side, select,
    before {{${end}, plural, one {# day ago} other {# days ago}}}
    after {{${end}, plural, one {# day from now} other {# days from now}}}
    other {today}}`;
}

/** The month and day of the value are those of a day from today + from to today + to. */
export const anniversary: PositiveOperator<DaySpan> = {
  op: 'anniversary',
  label: 'has its anniversary',
  sentence: `{subject} has its anniversary {oneDay, select,
    yes {${daysAway('from')}}
    other {between ${daysAway('from')} and ${daysAway('to')}}
  }`,
  types: ['moment'],
  operand: 'value',
  text: 'none',
  zoned: true,
  list: false,
  schema: () => spanSchema,
  read(value: Json) {
    const parsed = isJsonObject(value) ? spanSchema.safeParse(value) : undefined;
    return parsed?.success ? parsed.data : undefined;
  },
  words(value) {
    const { from, to } = spanSchema.parse(value);
    return {
      oneDay: from === to ? 'yes' : 'no',
      from: Math.abs(from),
      fromSide: sideOf(from),
      to: Math.abs(to),
      toSide: sideOf(to),
    };
  },
  test(span, settings) {
    const todayIn = perZone((zone, now) => dayOfInstant(now, zone));
    return (value, clock) => {
      const moment = readMoment(value);
      if (!moment) return false;
      const zone = resolveZone(settings.zone, clock);
      const today = todayIn(zone, clock.now);
      return hasAnniversary(momentDay(moment, zone), today + span.from, today + span.to);
    };
  },
  changesAt: (span, settings) => (value, clock) => {
    const moment = readMoment(value);
    if (!moment) return Infinity;
    const zone = resolveZone(settings.zone, clock);
    const day = nextChange(momentDay(moment, zone), dayOfInstant(clock.now, zone), span);
    return day === undefined ? Infinity : startOfDay(day, zone);
  },
  toSql: (span, { zone }, subject, sql) => anniversarySql(sql, subject, { span, zone }),
  changesSql: (span, { zone }, subject, sql) =>
    anniversaryChanges(sql, subject, {
      zone,
      nextChange: (of, today) => nextChange(of, today, span),
    }),
};

function sideOf(days: number): string {
  return days < 0 ? 'before' : days > 0 ? 'after' : 'today';
}

function hasAnniversary(of: Day, from: Day, to: Day): boolean {
  const { month, day } = dateOfDay(of);
  const lastYear = dateOfDay(to).year;
  for (let year = dateOfDay(from).year; year <= lastYear; year += 1) {
    const dayThatYear = anniversaryIn(year, month, day);
    if (dayThatYear >= from && dayThatYear <= to) return true;
  }
  return false;
}

/** 29 February counts as 28 February in common years. */
function anniversaryIn(year: number, month: number, day: number): Day {
  const leapDay = month === 2 && day === 29;
  return dayOfDate(year, month, leapDay && !isLeapYear(year) ? 28 : day);
}

/** A gap of one day in a span of 365 days opens in leap years, which may be eight years apart. */
const YEARS_UNTIL_CHANGE = 9;

/** The first day after today on which the answer differs from today's, if there is any. */
function nextChange(of: Day, today: Day, { from, to }: DaySpan): Day | undefined {
  const { month, day } = dateOfDay(of);
  const firstYear = dateOfDay(today + from).year;
  const lastYear = dateOfDay(today + to).year + YEARS_UNTIL_CHANGE;
  let end: Day | undefined;
  for (let year = firstYear; year <= lastYear; year += 1) {
    const dayThatYear = anniversaryIn(year, month, day);
    const [first, after] = [dayThatYear - to, dayThatYear - from + 1];
    if (after <= today) continue;
    if (first > (end ?? today)) return end ?? first;
    end = after;
  }
  return undefined;
}
