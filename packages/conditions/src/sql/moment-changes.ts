import { type Period, periodRange } from '../periods/index.ts';
import { type CalendarUnit, ROLLING_MS, startOfUnit } from '../time/units.ts';
import { type ZoneRef, dayOfInstant, startOfDay } from '../time/zones.ts';
import { jsonMoment } from './json-moments.ts';
import {
  FARTHEST_ZONE_MS,
  isInstant,
  isWithinSql,
  momentOfMilliseconds,
  textPerZone,
} from './moments.ts';
import { type Sql, type SqlSubject, subjectOf } from './sql.ts';

/**
 * How a period moves as time goes by: what lies ahead of it enters, what lies inside leaves.
 *
 * - `rolling`: an instant t enters at t + enter and leaves at t + leave; undefined is never.
 * - `calendar`: it moves at the ends of units alone.
 * - `fixed`: it never moves.
 */
export type Motion =
  | { readonly kind: 'rolling'; readonly enter?: number; readonly leave?: number }
  | {
      readonly kind: 'calendar';
      readonly unit: CalendarUnit;
      /** A fact enters not before it is this old, and leaves not before it is that old. */
      readonly enter: number;
      readonly leave: number;
    }
  | { readonly kind: 'fixed' };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Bounds of the lengths of units, whatever the clocks of a zone do. */
const LEAST_MS: Readonly<Record<CalendarUnit, number>> = {
  // A zone may leave a day out.
  day: 0,
  week: 5 * DAY_MS,
  month: 26 * DAY_MS,
  quarter: 88 * DAY_MS,
  year: 363 * DAY_MS,
};
const MOST_MS: Readonly<Record<CalendarUnit, number>> = {
  day: 2 * DAY_MS,
  week: 9 * DAY_MS,
  month: 33 * DAY_MS,
  quarter: 94 * DAY_MS,
  year: 368 * DAY_MS,
};

/** How the period moves. */
export function motionOf(period: Period): Motion {
  switch (period.kind) {
    case 'last':
      return { kind: 'rolling', enter: 0, leave: period.n * ROLLING_MS[period.unit] };
    case 'longer_ago':
      return { kind: 'rolling', enter: period.n * ROLLING_MS[period.unit] };
    case 'next':
      return { kind: 'rolling', enter: -period.n * ROLLING_MS[period.unit], leave: 0 };
    case 'today':
      return { kind: 'calendar', unit: 'day', enter: -MOST_MS.day, leave: 0 };
    case 'yesterday':
      return { kind: 'calendar', unit: 'day', enter: 0, leave: LEAST_MS.day };
    case 'this':
      return { kind: 'calendar', unit: period.unit, enter: -MOST_MS[period.unit], leave: 0 };
    case 'previous':
      return {
        kind: 'calendar',
        unit: period.unit,
        enter: 0,
        leave: period.n * LEAST_MS[period.unit],
      };
    default:
      return { kind: 'fixed' };
  }
}

/** Whether time alone may change what a predicate says of a value. */
export function isMovedByTime({
  op,
  period,
}: {
  op: string;
  period?: Period | undefined;
}): boolean {
  return op === 'anniversary' || (period !== undefined && motionOf(period).kind !== 'fixed');
}

/** The end of the unit that holds now: when a calendar period moves next. */
export function nextUnit(unit: CalendarUnit, zone: string, now: number): number {
  return startOfDay(startOfUnit(unit, dayOfInstant(now, zone), 1), zone);
}

/** The same as a timestamptz, in the zone of each contact where that is meant. */
export function nextUnitSql(sql: Sql, unit: CalendarUnit, zone: ZoneRef | undefined): string {
  return textPerZone(sql, [zone], 'timestamptz', ([at]) =>
    new Date(nextUnit(unit, at as string, sql.now)).toISOString(),
  );
}

/** An instant that is so many milliseconds away from a timestamptz. Fixed lengths know no zone. */
export function shifted(sql: Sql, instant: string, milliseconds: number): string {
  if (milliseconds === 0) return instant;
  return `${instant} + ${sql.put(`${milliseconds} milliseconds`, 'interval')}`;
}

/** When a date enters or leaves a period: a bound, null for never again. */
export function inPeriodChanges(
  sql: Sql,
  subject: SqlSubject,
  {
    period,
    zone,
    rangeZone,
  }: { period: Period; zone?: ZoneRef | undefined; rangeZone?: ZoneRef | undefined },
): string {
  const motion = motionOf(period);
  if (motion.kind === 'fixed') return 'null::timestamptz';
  const known = (bound: (at: Span) => string) => ofMoment(sql, subject, bound);
  if (motion.kind === 'rolling') return known((at) => rollingChange(sql, at, motion));
  const isNotBehind = isWithinSql(sql, subject, {
    zone,
    rangeZone,
    range: (at) => ({ from: periodRange(period, at, sql.now).from, to: Infinity }),
  });
  const next = nextUnitSql(sql, motion.unit, rangeZone);
  // Whichever of the two is to come is the later one, since what is inside has entered.
  const isInside = isWithinSql(sql, subject, {
    zone,
    rangeZone,
    range: (at) => periodRange(period, at, sql.now),
  });
  const bound = known(
    ({ from }) =>
      `greatest(${next}, case when ${isInside} then ${shifted(sql, from, motion.leave)} else ${shifted(sql, from, motion.enter)} end)`,
  );
  return `(case when ${isNotBehind} then ${bound} end)`;
}

/** A timestamptz that is not after the value's instant, and one that is not before it. */
interface Span {
  readonly from: string;
  readonly to: string;
}

function rollingChange(
  sql: Sql,
  span: Span,
  { enter, leave }: Extract<Motion, { kind: 'rolling' }>,
): string {
  const changes = [enter, leave].flatMap((shift) =>
    shift === undefined
      ? []
      : [stillToCome(sql, shifted(sql, span.from, shift), shifted(sql, span.to, shift))],
  );
  return changes.length === 1 ? String(changes[0]) : `least(${changes.join(', ')})`;
}

/** Null once even the latest time for it has passed; never now or before. */
function stillToCome(sql: Sql, from: string, to: string): string {
  const now = sql.put(new Date(sql.now).toISOString(), 'timestamptz');
  const next = sql.put(new Date(sql.now + 1).toISOString(), 'timestamptz');
  return `(case when ${to} > ${now} then greatest(${from}, ${next}) end)`;
}

/** What is asked of the instant of a value; of a day or a time without offset, of all it may be. */
function ofMoment(sql: Sql, subject: SqlSubject, bound: (at: Span) => string): string {
  if (subject.type === 'json') {
    return jsonMoment(subject.expression, {
      instant: (value) =>
        `case when ${isInstant(value)} then ${bound(exactly(momentOfMilliseconds(value)))} end`,
      local: (text) => bound(anywhere(sql, text)),
      day: (text) => bound(anywhere(sql, text)),
    });
  }
  const { expression, form } = subjectOf(subject, 'moment');
  if (form === 'day') return bound(anywhere(sql, expression));
  return bound(exactly(form === 'iso' ? `(${expression})::timestamptz` : expression));
}

function exactly(instant: string): Span {
  return { from: instant, to: instant };
}

/** A day begins, and a clock shows a time, at most so far from when UTC's does. */
function anywhere(sql: Sql, local: string): Span {
  const inUtc = `((${local} || case when length(${local}) = 10 then 'T00:00' else '' end || 'Z')::timestamptz)`;
  // Written when asked for: a parameter that no text names has no type.
  return {
    get from() {
      return shifted(sql, inUtc, -FARTHEST_ZONE_MS - DAY_MS);
    },
    get to() {
      return shifted(sql, inUtc, FARTHEST_ZONE_MS + DAY_MS);
    },
  };
}
