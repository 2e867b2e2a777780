import { z } from 'zod';
import { isWithinSql, perContactZone } from '../sql/moments.ts';
import { subjectOf } from '../sql/sql.ts';
import { dayText, readDay } from '../time/day.ts';
import { perZone } from '../time/per-zone.ts';
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
    const { expression, form } = subjectOf(subject, 'moment');
    if (form !== 'day') {
      const range = (at: string) => ({
        from: startOfDay(momentDay(day, at), at),
        to: startOfDay(momentDay(day, at) + 1, at),
      });
      return isWithinSql(sql, subject, { zone, range });
    }
    const wanted = perContactZone<string>(sql, [zone], {
      compute: ([at]) => dayText(momentDay(day, at as string)),
      put: (text) => sql.put(text, 'text'),
      look: (object, at, otherwise) => `coalesce(${object} ->> ${at}, ${otherwise})`,
    });
    return `${expression} = ${wanted}`;
  },
};
