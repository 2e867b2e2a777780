import { z } from 'zod';
import { jsonMoment } from '../sql/json-moments.ts';
import { isBetween, isWithinSql, textPerZone } from '../sql/moments.ts';
import { subjectOf } from '../sql/sql.ts';
import { type Day, dayText, readDay } from '../time/day.ts';
import { perZone } from '../time/per-zone.ts';
import type { Range } from '../time/range.ts';
import { resolveZone, startOfDay } from '../time/zones.ts';
import { type Moment, momentDay, readMoment } from '../values/moment.ts';
import type { PositiveOperator } from './operator.ts';

const EXPECTED_DAY = 'expected a day (2026-05-01)';

const daySchema = z
  .string({ error: EXPECTED_DAY })
  .refine((text) => readDay(text) !== undefined, { error: EXPECTED_DAY });

/** The day of the value in the zone is that day; an instant from an event stands for its day. */
export const on: PositiveOperator<Moment> = {
  op: 'on',
  label: 'is on',
  sentence: '{subject} is on {value}',
  types: ['moment'],
  operand: 'value',
  text: 'none',
  zoned: true,
  list: false,
  schema: () => daySchema,
  read: (value) => readMoment(value),
  words: (value, write) => ({ value: write.moment(value as string) }),
  test(day, settings) {
    const dayIn = perZone((zone) => momentDay(day, zone));
    return (value, clock) => {
      const moment = readMoment(value);
      if (!moment) return false;
      const zone = resolveZone(settings.zone, clock);
      return momentDay(moment, zone) === dayIn(zone, 0);
    };
  },
  toSql(day, { zone }, subject, sql) {
    const wanted = { zone, range: (at: string) => rangeOfDay(momentDay(day, at), at) };
    // Told by its text: a day that the zone left out has no instants.
    const isThatDay = (value: string) =>
      `${value} = ${textPerZone(sql, [zone], 'text', ([at]) => dayText(momentDay(day, at as string)))}`;
    if (subject.type === 'json') {
      return jsonMoment(subject.expression, {
        instant: (value) => isBetween(sql, value, 'milliseconds', wanted),
        local: (value) => isBetween(sql, value, 'local', wanted),
        day: isThatDay,
      });
    }
    const { expression, form } = subjectOf(subject, 'moment');
    return form === 'day' ? isThatDay(expression) : isWithinSql(sql, subject, wanted);
  },
};

function rangeOfDay(day: Day, zone: string): Range {
  return { from: startOfDay(day, zone), to: startOfDay(day + 1, zone) };
}
