import type { z } from 'zod';
import { ALWAYS, NEVER, type Range, isWithin } from '../time/range.ts';
import type { ZoneRef } from '../time/zones.ts';
import type { Write } from '../sentences/write.ts';

/** What every period has. */
interface BasePeriod {
  readonly kind: string;
  readonly zone?: ZoneRef | undefined;
}

/** One kind of period. */
export interface PeriodDefinition<P extends BasePeriod = BasePeriod> {
  readonly kind: P['kind'];
  readonly schema: z.ZodType<P>;
  /** Whether the zone changes which instants it holds; rolling periods know none. */
  readonly zoned: boolean;
  /** True when it lies ahead of now, so that no event can be in it. */
  readonly ahead?: boolean;
  /** Its instants at `now` (epoch milliseconds) in an IANA zone. */
  range(period: P, zone: string, now: number): Range;
  /**
   * The dual: the instants of *now* at which the period holds this instant. `isWithin(instant,
   * range(period, zone, now))` equals `isWithin(now, span(period, zone, instant))`.
   */
  span(period: P, zone: string, instant: number): Range;
  /** English, as an ICU message; completes "did X …" and "lies …". */
  readonly sentence: string;
  /** The values that the sentence names. */
  words?(period: P, write: Write): Record<string, string | number>;
}

/** The span of a period that does not move with time. */
export function fixedSpan(range: Range, instant: number): Range {
  return isWithin(instant, range) ? ALWAYS : NEVER;
}
