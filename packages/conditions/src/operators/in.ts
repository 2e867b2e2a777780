import type { Json } from '../json.ts';
import { type Period, periodRange, periodSchema, periodSpan } from '../periods/index.ts';
import { inPeriodChanges } from '../sql/moment-changes.ts';
import { isWithinSql } from '../sql/moments.ts';
import { perZone } from '../time/per-zone.ts';
import { isWithin, nextEdge } from '../time/range.ts';
import { resolveZone } from '../time/zones.ts';
import { momentInstant, readMoment } from '../values/moment.ts';
import type { PositiveOperator, Settings } from './operator.ts';

/**
 * The instant of the value lies in the period. A zone written only on the condition, or only in
 * the period, holds for both.
 */
export const inPeriod: PositiveOperator<Period> = {
  op: 'in',
  label: 'is in the period',
  sentence: '{subject} lies {value}',
  types: ['moment'],
  operand: 'period',
  text: 'none',
  zoned: true,
  list: false,
  schema: () => periodSchema,
  read: (value) => value as Json & Period,
  test(period, settings) {
    const { ownZone, periodZone } = zonesOf(period, settings);
    const rangeIn = perZone((zone, now) => periodRange(period, zone, now));
    return (value, clock) => {
      const moment = readMoment(value);
      if (!moment) return false;
      const range = rangeIn(resolveZone(periodZone, clock), clock.now);
      return isWithin(momentInstant(moment, resolveZone(ownZone, clock)), range);
    };
  },
  changesAt(period, settings) {
    const { ownZone, periodZone } = zonesOf(period, settings);
    return (value, clock) => {
      const moment = readMoment(value);
      if (!moment) return Infinity;
      const instant = momentInstant(moment, resolveZone(ownZone, clock));
      return nextEdge(periodSpan(period, resolveZone(periodZone, clock), instant), clock.now);
    };
  },
  toSql: (period, settings, subject, sql) =>
    isWithinSql(sql, subject, {
      zone: settings.zone ?? period.zone,
      rangeZone: period.zone ?? settings.zone,
      range: (zone) => periodRange(period, zone, sql.now),
    }),
  changesSql: (period, settings, subject, sql) =>
    inPeriodChanges(sql, subject, {
      period,
      zone: settings.zone ?? period.zone,
      rangeZone: period.zone ?? settings.zone,
    }),
};

/** The zone that the value is read in, and that of the period. */
function zonesOf(period: Period, settings: Settings) {
  return { ownZone: settings.zone ?? period.zone, periodZone: period.zone ?? settings.zone };
}
