import { DAY_MS, type Day, dayOfDate, dayText } from '../time/day.ts';
import { type ZoneRef, dayOfInstant, resolveZone, startOfDay } from '../time/zones.ts';
import { jsonMoment } from './json-moments.ts';
import { FARTHEST_ZONE_MS, isInstant } from './moments.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';
import { placeOfZone, zonesOfContacts } from './zone-places.ts';

/** The first day after `today` on which the answer about a month and day changes, if it ever does. */
type NextChange = (of: Day, today: Day) => Day | undefined;

interface Asked {
  readonly zone: ZoneRef | undefined;
  readonly nextChange: NextChange;
}

/** When time alone may change the answer about an anniversary: a bound, null for never. */
export function anniversaryChanges(sql: Sql, subject: SqlSubject, asked: Asked): string {
  const of = (monthDay: string, beside: boolean): string =>
    `(${tableOf(sql, asked, beside)} ->> ${monthDay})::timestamptz`;
  const ofDay = (day: string): string => of(`right(${day}, 5)`, false);
  // The zone's day is at most one away from UTC's, and from the one that is written.
  const ofMilliseconds = (value: string): string =>
    of(`to_char(date '1970-01-01' + floor(${value} / ${DAY_MS})::int, 'MM-DD')`, true);
  if (subject.type === 'json') {
    return jsonMoment(subject.expression, {
      instant: (value) => `case when ${isInstant(value)} then ${ofMilliseconds(value)} end`,
      local: (text) => of(`substr(${text}, 6, 5)`, true),
      day: ofDay,
    });
  }
  const { expression, form } = subjectOf(subject, 'moment');
  if (form === 'day') return ofDay(expression);
  const instant = form === 'iso' ? `(${expression})::timestamptz` : expression;
  return ofMilliseconds(`(extract(epoch from ${instant}) * 1000)`);
}

/** Changes by month and day, as jsonb; of days beside them, too, where the day is not quite known. */
function tableOf(sql: Sql, { zone, nextChange }: Asked, beside: boolean): string {
  const textOf = (today: Day, startOf: (day: Day) => number): string => {
    const changes = changesByMonthDay(today, nextChange, startOf);
    return tableText(beside ? aroundEach(changes) : changes);
  };
  if (zone !== 'contact') {
    const at = resolveZone(zone, sql);
    const text = textOf(dayOfInstant(sql.now, at), (day) => startOfDay(day, at));
    return sql.put(text, 'jsonb');
  }
  const zones = zonesOfContacts(sql);
  const todays = zones.map((at) => dayOfInstant(sql.now, at));
  const distinct = [...new Set(todays)];
  const tables = distinct.map((today) => {
    const sharing = zones.filter((_, n) => todays[n] === today);
    return textOf(today, startInSome(today, sharing));
  });
  const which = todays.map((today) => distinct.indexOf(today) + 1);
  return `(${sql.put(tables, 'jsonb[]')})[(${sql.put(which, 'int[]')})[${placeOfZone(sql)}]]`;
}

/**
 * Not after a day begins in any of these zones, where it is the same day: told too early rather than
 * too late, but never before the next day begins somewhere.
 */
function startInSome(today: Day, zones: readonly string[]): (day: Day) => number {
  const next = Math.min(...zones.map((at) => startOfDay(today + 1, at)));
  return (day) => Math.max(day * DAY_MS - FARTHEST_ZONE_MS, next);
}

/** A leap year, so that it has all days. */
const ALL_DAYS_YEAR = 2000;

type ByMonthDay = ReadonlyMap<string, number>;

function changesByMonthDay(
  today: Day,
  nextChange: NextChange,
  startOf: (day: Day) => number,
): ByMonthDay {
  return new Map(
    daysOfYear().flatMap((day) => {
      const change = nextChange(day, today);
      return change === undefined ? [] : [[dayText(day).slice(5), startOf(change)]];
    }),
  );
}

function daysOfYear(): Day[] {
  const first = dayOfDate(ALL_DAYS_YEAR, 1, 1);
  return Array.from({ length: 366 }, (_, n) => first + n);
}

/** For each day of the year the earliest change of it and of the days beside it. */
function aroundEach(changes: ByMonthDay): ByMonthDay {
  return new Map(
    daysOfYear().flatMap((day) => {
      const own = dayText(day).slice(5);
      // In common years 28 February and 1 March lie beside each other.
      const beside = [day - 2, day - 1, day, day + 1, day + 2].map((at) => dayText(at).slice(5));
      const found = beside.flatMap((monthDay) => changes.get(monthDay) ?? []);
      return found.length === 0 ? [] : [[own, Math.min(...found)]];
    }),
  );
}

function tableText(changes: ByMonthDay): string {
  return JSON.stringify(
    Object.fromEntries([...changes].map(([key, at]) => [key, new Date(at).toISOString()])),
  );
}
