import { type Day, dateOfDay, dayText, isLeapYear } from '../time/day.ts';
import { skippedMidnights } from '../time/skipped-midnights.ts';
import { type ZoneRef, dayOfInstant, resolveZone } from '../time/zones.ts';
import { daysOfYears, folded, multirange } from './days-of-years.ts';
import { jsonMoment } from './json-moments.ts';
import { isInstant, momentOfMilliseconds, perContactZone } from './moments.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';
import { placeOfZone, zonesOfContacts } from './zone-places.ts';

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
          then ${isInstantOnDays(sql, momentOfMilliseconds(value), wanted)} end`,
      local: (text) => isLocalOnDays(sql, text, wanted),
      day: (text) => isMonthDay(sql, text, wanted),
    });
  }
  const { expression, form } = subjectOf(subject, 'moment');
  if (form === 'day') return isMonthDay(sql, expression, wanted);
  const instant = form === 'iso' ? `(${expression})::timestamptz` : expression;
  return isInstantOnDays(sql, instant, wanted);
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
function isInstantOnDays(sql: Sql, instant: string, wanted: Anniversary): string {
  const { zone, span } = wanted;
  if (zone !== 'contact' && resolveZone(zone, sql) === 'UTC') {
    return isMonthDay(sql, dayInUtc(instant), wanted);
  }
  const days = ofZone(sql, zone, (at) =>
    multirange(daysOfYears(monthDays(dayOfInstant(sql.now, at), span), at)),
  );
  return `${folded(sql, instant)} <@ ${days}`;
}

/** Its day is as it is written but for times that a zone skips together with midnight. */
function isLocalOnDays(sql: Sql, text: string, wanted: Anniversary): string {
  const { zone } = wanted;
  const zones = zone === 'contact' ? zonesOfContacts(sql) : [resolveZone(zone, sql)];
  if (!zones.some((at) => skippedMidnights(at).length > 0)) {
    return isMonthDay(sql, `left(${text}, 10)`, wanted);
  }
  const skipped = ofZone(sql, zone, (at) => multirange(skippedMidnights(at)));
  const nextDay = dayInUtc(`(written.at + interval '24 hours')`);
  return `(select case when written.at <@ ${skipped} then ${isMonthDay(sql, nextDay, wanted)}
       else ${isMonthDay(sql, 'left(written.text, 10)', wanted)} end
      from (select ${folded(sql, `(${text} || 'Z')::timestamptz`)} as at, ${text} as text) as written)`;
}

/** What holds of the zone, looked up by the contact's own. */
function ofZone(sql: Sql, zone: ZoneRef | undefined, compute: (zone: string) => string): string {
  if (zone !== 'contact') return sql.put(compute(resolveZone(zone, sql)), 'tstzmultirange');
  const all = sql.put(zonesOfContacts(sql).map(compute), 'tstzmultirange[]');
  return `(${all})[${placeOfZone(sql)}]`;
}

function dayInUtc(instant: string): string {
  return `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD')`;
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
