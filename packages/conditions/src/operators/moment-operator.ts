import { momentSchema } from '../periods/parts.ts';
import { isWithinSql } from '../sql/moments.ts';
import { perZone } from '../time/per-zone.ts';
import type { Range } from '../time/range.ts';
import { resolveZone } from '../time/zones.ts';
import { type Moment, momentInstant, readMoment } from '../values/moment.ts';
import type { PositiveOperator } from './operator.ts';

/** An operator that compares the instant of a date with one limit. */
export function momentOperator(
  words: Pick<PositiveOperator, 'op' | 'label' | 'sentence'>,
  passes: (instant: number, limit: number) => boolean,
  range: (limit: number) => Range,
): PositiveOperator<Moment> {
  return {
    ...words,
    types: ['moment'],
    operand: 'value',
    text: 'none',
    zoned: true,
    list: false,
    schema: () => momentSchema,
    read: (value) => readMoment(value),
    words: (value, write) => ({ value: write.moment(value as string | number) }),
    test(limit, settings) {
      const limitIn = perZone((zone) => momentInstant(limit, zone));
      return (value, clock) => {
        const moment = readMoment(value);
        if (!moment) return false;
        const zone = resolveZone(settings.zone, clock);
        return passes(momentInstant(moment, zone), limitIn(zone, 0));
      };
    },
    toSql: (limit, { zone }, subject, sql) =>
      isWithinSql(sql, subject, { zone, range: (at) => range(momentInstant(limit, at)) }),
  };
}
