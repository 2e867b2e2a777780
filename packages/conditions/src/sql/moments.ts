import { DAY_MS, type Day, dayOfDate, dayText } from '../time/day.ts';
import type { Range } from '../time/range.ts';
import { type ZoneRef, dayOfInstant, resolveZone, startOfDay } from '../time/zones.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';

type Form = Extract<SqlSubject, { type: 'moment' }>['form'];

const FIRST_INSTANT = dayOfDate(1, 1, 1) * DAY_MS;
const LAST_INSTANT = (dayOfDate(9999, 12, 31) + 1) * DAY_MS - 1;

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
  const byZone = Object.fromEntries(sql.zones.map((zone) => [zone, valueIn(zone)]));
  const object = sql.put(JSON.stringify(byZone), 'jsonb');
  return look(object, sql.sources.contactZone, put(valueIn()));
}

/** The instant of the value (a day's is its first in `zone`) lies in the range. */
export function isWithinSql(
  sql: Sql,
  subject: SqlSubject,
  {
    zone,
    rangeZone = zone,
    range,
  }: { zone: ZoneRef | undefined; rangeZone?: ZoneRef | undefined; range: (zone: string) => Range },
): string {
  const { expression, form } = subjectOf(subject, 'moment');
  const bound = (end: keyof Range): string =>
    perContactZone<string>(sql, [zone, rangeZone], {
      compute: ([own, ranged]) => boundText(form, range(ranged as string)[end], own as string),
      put: (text) => (form === 'instant' ? sql.put(text, 'timestamptz') : sql.put(text, 'text')),
      look: (object, at, otherwise) => {
        const found = `(${object} ->> ${at})`;
        return `coalesce(${form === 'instant' ? `${found}::timestamptz` : found}, ${otherwise})`;
      },
    });
  const value = form === 'instant' ? expression : `${expression} collate "C"`;
  return `(${value} >= ${bound('from')} and ${value} < ${bound('to')})`;
}

/** The least text that stands for an instant not before this one. */
function boundText(form: Form, instant: number, zone: string): string {
  if (instant > LAST_INSTANT) return form === 'instant' ? 'infinity' : '~';
  if (instant < FIRST_INSTANT) return form === 'instant' ? '-infinity' : '';
  return form === 'day' ? dayText(firstDayFrom(instant, zone)) : new Date(instant).toISOString();
}

/** The first day that does not begin before the instant. */
function firstDayFrom(instant: number, zone: string): Day {
  let day = dayOfInstant(instant, zone);
  if (startOfDay(day, zone) < instant) return day + 1;
  // A day that the zone left out begins where the next does.
  while (startOfDay(day - 1, zone) >= instant) day -= 1;
  return day;
}
