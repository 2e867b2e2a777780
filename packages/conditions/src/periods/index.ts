import { z } from 'zod';
import type { Clock } from '../time/clock.ts';
import { perZone } from '../time/per-zone.ts';
import type { Range } from '../time/range.ts';
import { resolveZone } from '../time/zones.ts';
import type { Write } from '../sentences/write.ts';
import { after } from './after.ts';
import { before } from './before.ts';
import { between } from './between.ts';
import { ever } from './ever.ts';
import { last } from './last.ts';
import { longerAgo } from './longer-ago.ts';
import { next } from './next.ts';
import { expectedOneOf } from './parts.ts';
import type { PeriodDefinition } from './period.ts';
import { previous } from './previous.ts';
import { thisUnit } from './this.ts';
import { today } from './today.ts';
import { yesterday } from './yesterday.ts';

/** All kinds of period, by `kind`. */
export const periods = {
  today,
  yesterday,
  this: thisUnit,
  previous,
  last,
  longer_ago: longerAgo,
  next,
  between,
  before,
  after,
  ever,
};

/** Names of the kinds of period. */
export type PeriodKind = keyof typeof periods;

/** A period of the segment language. */
export type Period = z.infer<(typeof periods)[PeriodKind]['schema']>;

/** The period of a condition that names none. */
export const DEFAULT_PERIOD: Period = { kind: 'today' };

/** A period, as definitions write it. */
export const periodSchema: z.ZodType<Period> = z.discriminatedUnion(
  'kind',
  [
    today.schema,
    yesterday.schema,
    thisUnit.schema,
    previous.schema,
    last.schema,
    longerAgo.schema,
    next.schema,
    between.schema,
    before.schema,
    after.schema,
    ever.schema,
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union' ? expectedOneOf(Object.keys(periods)) : 'expected a period',
  },
);

/** The definition of a period's kind. */
export function periodDefinition(period: Period): PeriodDefinition {
  return periods[period.kind];
}

/** The instants of a period in an IANA zone at `now`. */
export function periodRange(period: Period, zone: string, now: number): Range {
  return periodDefinition(period).range(period, zone, now);
}

/** The instants of *now* at which a period in an IANA zone holds an instant. */
export function periodSpan(period: Period, zone: string, instant: number): Range {
  return periodDefinition(period).span(period, zone, instant);
}

/** A function that gives the instants of a period for each clock, in the period's own zone. */
export function periodRanges(period: Period): (clock: Clock) => Range {
  const range = perZone((zone, now) => periodRange(period, zone, now));
  return (clock) => range(resolveZone(period.zone, clock), clock.now);
}

/** The period in words, such as "in the last 30 days". */
export function periodSentence(period: Period, write: Write): string {
  const definition = periodDefinition(period);
  const words = definition.words?.(period, write);
  return write.message(`period.${period.kind}.sentence`, {
    ...words,
    zone: write.zone(period.zone),
  });
}
