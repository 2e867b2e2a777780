import { z } from 'zod';
import { ROLLING_MS } from '../time/units.ts';
import { isRollingReach, rollingCount, tooFar, zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z
  .strictObject({ kind: z.literal('next'), ...rollingCount, ...zoneMember })
  .refine(isRollingReach, tooFar);

/** now < t ≤ now + n units; for dates in fields and parameters only. */
export const next = {
  kind: 'next',
  schema,
  zoned: false,
  ahead: true,
  range: ({ n, unit }, _zone, now) => ({ from: now + 1, to: now + n * ROLLING_MS[unit] + 1 }),
  span: ({ n, unit }, _zone, instant) => ({ from: instant - n * ROLLING_MS[unit], to: instant }),
  sentence: `{unit, select,
    minute {{n, plural, one {in the next minute} other {in the next # minutes}}}
    hour {{n, plural, one {in the next hour} other {in the next # hours}}}
    day {{n, plural, one {in the next 24 hours} other {in the next # days}}}
    week {{n, plural, one {in the next 7 days} other {in the next # weeks}}}
    month {{n, plural, one {in the next 30 days} other {in the next # months}}}
    other {{n, plural, one {in the next 365 days} other {in the next # years}}}
  }`,
  words: ({ n, unit }) => ({ n, unit }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;
