import { DAY_MS, type Day, dayOfDate, dayText } from '../time/day.ts';
import type { Range } from '../time/range.ts';
import {
  type ZoneRef,
  dayOfInstant,
  instantOfLocal,
  resolveZone,
  startOfDay,
  timeOfDay,
} from '../time/zones.ts';
import { jsonMoment } from './json-moments.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';

/** Forms in which an instant, a day or a time without offset is compared. */
type Form = Extract<SqlSubject, { type: 'moment' }>['form'] | 'milliseconds' | 'local';

/** No dates lie before the year 1 or after 9999. */
const FIRST_INSTANT = dayOfDate(1, 1, 1) * DAY_MS;
const LAST_DAY = dayOfDate(9999, 12, 31);
const LAST_INSTANT = (LAST_DAY + 1) * DAY_MS - 1;

const SQL_TYPE: Readonly<Record<Form, string>> = {
  instant: 'timestamptz',
  milliseconds: 'numeric',
  iso: 'text',
  local: 'text',
  day: 'text',
};

/**
 * A value that depends on a zone: computed once, or for the contact's own zone looked up by it. No
 * zone arithmetic is done in SQL.
 */
export function perContactZone<T>(
  sql: Sql,
  zones: readonly (ZoneRef | undefined)[],
  {
    compute,
    put,
    look,
  }: {
    /** Given the IANA names that the zones stand for. */
    compute: (zones: string[]) => T;
    put: (value: T) => string;
    /** Reads the value of a zone from a jsonb object by zone, else the default. */
    look: (object: string, zone: string, otherwise: string) => string;
  },
): string {
  const { now, workspaceZone } = sql;
  const valueIn = (contactZone?: string): T =>
    compute(zones.map((zone) => resolveZone(zone, { now, workspaceZone, contactZone })));
  if (!zones.includes('contact')) return put(valueIn());
  const byZone = Object.fromEntries(sql.zones().map((zone) => [zone, valueIn(zone)]));
  const object = sql.put(JSON.stringify(byZone), 'jsonb');
  return look(object, sql.sources.contactZone, put(valueIn()));
}

/** A text that depends on a zone, as an expression of this type. */
export function textPerZone(
  sql: Sql,
  zones: readonly (ZoneRef | undefined)[],
  type: string,
  compute: (zones: string[]) => string,
): string {
  const cast = type === 'text' ? '' : `::${type}`;
  return perContactZone<string>(sql, zones, {
    compute,
    put: (text) => sql.put(text, type),
    look: (object, at, otherwise) => `coalesce((${object} ->> ${at})${cast}, ${otherwise})`,
  });
}

/** A range of instants in which a value is looked for. */
export interface WantedRange {
  /** In which days and times without offset are read. */
  readonly zone: ZoneRef | undefined;
  /** In which the range is computed; absent: the same. */
  readonly rangeZone?: ZoneRef | undefined;
  readonly range: (zone: string) => Range;
}

/** The instant of the value (a day's is its first in `zone`) lies in the range. */
export function isWithinSql(sql: Sql, subject: SqlSubject, wanted: WantedRange): string {
  if (subject.type === 'json') {
    return jsonMoment(subject.expression, {
      instant: (value) => isBetween(sql, value, 'milliseconds', wanted),
      local: (value) => isBetween(sql, value, 'local', wanted),
      day: (value) => isBetween(sql, value, 'day', wanted),
    });
  }
  const { expression, form } = subjectOf(subject, 'moment');
  const value = form === 'instant' ? expression : `${expression} collate "C"`;
  return isBetween(sql, value, form, wanted);
}

/** Whether epoch milliseconds lie within the years of dates; others are no value. */
export function isInstant(milliseconds: string): string {
  return `(${milliseconds} >= ${FIRST_INSTANT} and ${milliseconds} < ${LAST_INSTANT + 1})`;
}

/** Epoch milliseconds as a timestamptz; they must lie within the years of dates. */
export function momentOfMilliseconds(value: string): string {
  return `(timestamptz 'epoch' + floor(${value})::float8 * interval '1 millisecond')`;
}

/** The value, in this form, is not before the range and not behind it. */
export function isBetween(
  sql: Sql,
  value: string,
  form: Form,
  { zone, rangeZone = zone, range }: WantedRange,
): string {
  const bound = (end: keyof Range): string =>
    textPerZone(sql, [zone, rangeZone], SQL_TYPE[form], ([own, ranged]) =>
      boundText(form, range(ranged as string)[end], own as string),
    );
  return `(${value} >= ${bound('from')} and ${value} < ${bound('to')})`;
}

/** The least text that stands for an instant not before this one. */
function boundText(form: Form, instant: number, zone: string): string {
  if (form === 'milliseconds') {
    return String(Math.min(Math.max(instant, FIRST_INSTANT), LAST_INSTANT + 1));
  }
  if (instant > LAST_INSTANT) return form === 'instant' ? 'infinity' : BEHIND_ALL;
  if (instant < FIRST_INSTANT) return form === 'instant' ? '-infinity' : '';
  if (form === 'day') return textOfDay(firstDayFrom(instant, zone));
  return form === 'local' ? firstLocalFrom(instant, zone) : new Date(instant).toISOString();
}

/** An instant as a timestamptz is written. */
export function instantBound(instant: number): string {
  return boundText('instant', instant, 'UTC');
}

/** After the text of every date. */
const BEHIND_ALL = '~';

function textOfDay(day: Day): string {
  return day > LAST_DAY ? BEHIND_ALL : dayText(day);
}

/** The first day that does not begin before the instant. */
function firstDayFrom(instant: number, zone: string): Day {
  let day = dayOfInstant(instant, zone);
  if (startOfDay(day, zone) < instant) return day + 1;
  // A day that the zone left out begins where the next does.
  while (startOfDay(day - 1, zone) >= instant) day -= 1;
  return day;
}

/** Further from UTC no zone ever was. */
export const FARTHEST_ZONE_MS = 16 * 3_600_000;

/** The first time without offset that does not stand for an instant before this one. */
function firstLocalFrom(instant: number, zone: string): string {
  // Local times are counted as if they were UTC's.
  const isFrom = (local: number): boolean => {
    const day = Math.floor(local / DAY_MS);
    return instantOfLocal(day, local - day * DAY_MS, zone) >= instant;
  };
  const shown = dayOfInstant(instant, zone) * DAY_MS + timeOfDay(instant, zone);
  if (isFrom(shown) && !isFrom(shown - 1)) return localText(shown);
  // Within a change of the clock: what a zone skips comes late, what it repeats comes first.
  let [before, from] = [instant - FARTHEST_ZONE_MS - DAY_MS, instant + FARTHEST_ZONE_MS + DAY_MS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (isFrom(middle)) from = middle;
    else before = middle;
  }
  return localText(from);
}

function localText(local: number): string {
  if (local > LAST_INSTANT) return BEHIND_ALL;
  return new Date(local).toISOString().slice(0, -1);
}
