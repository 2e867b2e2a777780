import { z } from 'zod';
import { ROLLING_MS } from '../time/units.ts';
import { isRollingReach, rollingCount, tooFar, zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z
  .strictObject({ kind: z.literal('longer_ago'), ...rollingCount, ...zoneMember })
  .refine(isRollingReach, tooFar);

/** t ≤ now − n units. */
export const longerAgo = {
  kind: 'longer_ago',
  schema,
  zoned: false,
  range: ({ n, unit }, _zone, now) => ({ from: -Infinity, to: now - n * ROLLING_MS[unit] + 1 }),
  span: ({ n, unit }, _zone, instant) => ({ from: instant + n * ROLLING_MS[unit], to: Infinity }),
  sentence: `{unit, select,
    minute {{n, plural, one {more than a minute ago} other {more than # minutes ago}}}
    hour {{n, plural, one {more than an hour ago} other {more than # hours ago}}}
    day {{n, plural, one {more than 24 hours ago} other {more than # days ago}}}
    week {{n, plural, one {more than a week ago} other {more than # weeks ago}}}
    month {{n, plural, one {more than 30 days ago} other {more than # months ago}}}
    other {{n, plural, one {more than 365 days ago} other {more than # years ago}}}
  }`,
  words: ({ n, unit }) => ({ n, unit }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;
