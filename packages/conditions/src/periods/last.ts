import { z } from 'zod';
import { ROLLING_MS } from '../time/units.ts';
import { isRollingReach, rollingCount, tooFar, zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z
  .strictObject({ kind: z.literal('last'), ...rollingCount, ...zoneMember })
  .refine(isRollingReach, tooFar);

/** now − n units < t ≤ now. */
export const last = {
  kind: 'last',
  schema,
  zoned: false,
  // Instants are whole milliseconds, so the half-open range begins and ends one later.
  range: ({ n, unit }, _zone, now) => ({ from: now - n * ROLLING_MS[unit] + 1, to: now + 1 }),
  span: ({ n, unit }, _zone, instant) => ({ from: instant, to: instant + n * ROLLING_MS[unit] }),
  sentence: `{unit, select,
    minute {{n, plural, one {in the last minute} other {in the last # minutes}}}
    hour {{n, plural, one {in the last hour} other {in the last # hours}}}
    day {{n, plural, one {in the last 24 hours} other {in the last # days}}}
    week {{n, plural, one {in the last 7 days} other {in the last # weeks}}}
    month {{n, plural, one {in the last 30 days} other {in the last # months}}}
    other {{n, plural, one {in the last 365 days} other {in the last # years}}}
  }`,
  words: ({ n, unit }) => ({ n, unit }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;
