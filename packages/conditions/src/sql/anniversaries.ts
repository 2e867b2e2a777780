import { DAY_MS, type Day, dateOfDay, dayOfDate, dayText, isLeapYear } from '../time/day.ts';
import { type ZoneRef, dayOfInstant, resolveZone, startOfDay } from '../time/zones.ts';
import { jsonMoment } from './json-moments.ts';
import { FARTHEST_ZONE_MS, isInstant, momentOfMilliseconds, perContactZone } from './moments.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';

interface Anniversary {
  /** Days from today, both included. */
  readonly span: { readonly from: number; readonly to: number };
  readonly zone: ZoneRef | undefined;
}

/** The month and day of the value are those of a day from today + from to today + to. */
export function anniversarySql(sql: Sql, subject: SqlSubject, wanted: Anniversary): string {
  if (subject.type === 'json') {
    return jsonMoment(subject.expression, {
      instant: (value) => `case when ${isInstant(value)}
          then ${isOnDaysOfYear(sql, momentOfMilliseconds(value), wanted)} end`,
      // Its day is as it is written but for times that a zone skips over midnight.
      local: (text) => isMonthDay(sql, `left(${text}, 10)`, wanted),
      day: (text) => isMonthDay(sql, text, wanted),
    });
  }
  const { expression, form } = subjectOf(subject, 'moment');
  if (form === 'day') return isMonthDay(sql, expression, wanted);
  return isOnDaysOfYear(sql, form === 'iso' ? `(${expression})::timestamptz` : expression, wanted);
}

function isMonthDay(sql: Sql, day: string, { span, zone }: Anniversary): string {
  const wanted = perContactZone<string[]>(sql, [zone], {
    compute: ([at]) => monthDays(dayOfInstant(sql.now, at as string), span),
    put: (days) => sql.put(JSON.stringify(days), 'jsonb'),
    look: (object, at, otherwise) => `coalesce(${object} -> ${at}, ${otherwise})`,
  });
  return `${wanted} ? right(${day}, 5)`;
}

/** The instant lies in one of these days of any year, as the zone has them. */
function isOnDaysOfYear(sql: Sql, instant: string, { span, zone }: Anniversary): string {
  const daysIn = (at: string): string[] => monthDays(dayOfInstant(sql.now, at), span);
  if (zone !== 'contact') {
    const at = resolveZone(zone, sql);
    return `${instant} <@ ${sql.put(daysOfYears(daysIn(at), at, ALL_YEARS), 'tstzmultirange')}`;
  }
  // Each zone's own days in the years that zones know, and UTC's in others: all years of all zones
  // would be a statement of megabytes.
  const zones = [...new Set([sql.workspaceZone, ...sql.zones])];
  const todays = zones.map((at) => dayOfInstant(sql.now, at));
  const distinct = [...new Set(todays)];
  const own = sql.put(
    zones.map((at) => daysOfYears(daysIn(at), at, ZONED_YEARS)),
    'tstzmultirange[]',
  );
  const others = sql.put(
    distinct.map((today) => daysOfYears(monthDays(today, span), 'UTC', OTHER_YEARS)),
    'tstzmultirange[]',
  );
  const othersOf = sql.put(
    todays.map((today) => distinct.indexOf(today) + 1),
    'int[]',
  );
  const at = `coalesce(array_position(${sql.put(zones, 'text[]')}, ${sql.sources.contactZone}), 1)`;
  return `(${instant} <@ (${own})[${at}] or ${instant} <@ (${others})[(${othersOf})[${at}]])`;
}

/** `MM-DD` of the days whose anniversary lies in the span. */
function monthDays(today: Day, { from, to }: Anniversary['span']): string[] {
  const found = new Set<string>();
  for (let day = today + from; day <= today + to; day += 1) {
    const monthDay = dayText(day).slice(5);
    found.add(monthDay);
    if (monthDay === '02-28' && !isLeapYear(dateOfDay(day).year)) found.add('02-29');
  }
  return [...found];
}

/** The first day after `today` on which the answer about a month and day changes, if it ever does. */
type NextChange = (of: Day, today: Day) => Day | undefined;

/** When time alone may change the answer: a bound, null for never. */
export function anniversaryChanges(
  sql: Sql,
  subject: SqlSubject,
  { zone, nextChange }: { zone: ZoneRef | undefined; nextChange: NextChange },
): string {
  const changes = changesByMonthDay(sql, zone, nextChange);
  const ofDay = (day: string): string => lookUp(sql, changes, `right(${day}, 5)`);
  // The zone's day is at most one away from UTC's.
  const around = aroundEach(changes);
  const ofMilliseconds = (value: string): string =>
    lookUp(sql, around, `to_char(date '1970-01-01' + floor(${value} / ${DAY_MS})::int, 'MM-DD')`);
  if (subject.type === 'json') {
    return jsonMoment(subject.expression, {
      instant: (value) => `case when ${isInstant(value)} then ${ofMilliseconds(value)} end`,
      local: (text) => lookUp(sql, around, `substr(${text}, 6, 5)`),
      day: ofDay,
    });
  }
  const { expression, form } = subjectOf(subject, 'moment');
  if (form === 'day') return ofDay(expression);
  const instant = form === 'iso' ? `(${expression})::timestamptz` : expression;
  return ofMilliseconds(`(extract(epoch from ${instant}) * 1000)`);
}

/** A leap year, so that it has all days. */
const ALL_DAYS_YEAR = 2000;

type ByMonthDay = ReadonlyMap<string, number>;

function changesByMonthDay(
  sql: Sql,
  zone: ZoneRef | undefined,
  nextChange: NextChange,
): ByMonthDay {
  const zones = zone === 'contact' ? [sql.workspaceZone, ...sql.zones] : [resolveZone(zone, sql)];
  const today = Math.min(...zones.map((at) => dayOfInstant(sql.now, at)));
  // Of many zones the day may have begun in some: it is told too early rather than too late.
  const startIn = (day: Day): number =>
    zone === 'contact'
      ? Math.max(day * DAY_MS - FARTHEST_ZONE_MS, sql.now + 1)
      : startOfDay(day, zones[0] as string);
  return new Map(
    daysOfYear().flatMap((day) => {
      const change = nextChange(day, today);
      return change === undefined ? [] : [[dayText(day).slice(5), startIn(change)]];
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

function lookUp(sql: Sql, changes: ByMonthDay, monthDay: string): string {
  const object = Object.fromEntries(
    [...changes].map(([key, instant]) => [key, new Date(instant).toISOString()]),
  );
  return `(${sql.put(JSON.stringify(object), 'jsonb')} ->> ${monthDay})::timestamptz`;
}

/** From the first year to before the last. */
type Years = readonly (readonly [from: number, to: number])[];

const ALL_YEARS: Years = [[1, 10_000]];
const ZONED_YEARS: Years = [[1900, 2100]];
const OTHER_YEARS: Years = [
  [1, 1900],
  [2100, 10_000],
];

/** These days of every year as instants in the zone, a multirange: SQL does no zone arithmetic. */
function daysOfYears(monthDays: string[], zone: string, years: Years): string {
  const ranges: string[] = [];
  let start: Day | undefined;
  let end = 0;
  const close = () => {
    if (start !== undefined) ranges.push(`[${instantText(start, zone)},${instantText(end, zone)})`);
  };
  for (const day of eachDay(monthDays.toSorted(), years)) {
    if (start === undefined || day > end) {
      close();
      start = day;
    }
    end = day + 1;
  }
  close();
  return `{${ranges.join()}}`;
}

function* eachDay(monthDays: readonly string[], years: Years): Generator<Day> {
  const parts = monthDays.map((text) => text.split('-').map(Number) as [number, number]);
  for (const [first, end] of years) {
    for (let year = first; year < end; year += 1) {
      for (const [month, day] of parts) {
        if (month !== 2 || day !== 29 || isLeapYear(year)) yield dayOfDate(year, month, day);
      }
    }
  }
}

function instantText(day: Day, zone: string): string {
  // An end left open: no instant lies before the year 1, nor after 9999.
  if (day <= dayOfDate(1, 1, 1) || day > dayOfDate(9999, 12, 31)) return '';
  return new Date(startOfDay(day, zone)).toISOString();
}
