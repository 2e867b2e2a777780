import { z } from 'zod';
import type { Json } from '../json.ts';
import type { Range } from '../time/range.ts';
import { compareMoments, momentInstant, readMoment } from '../values/moment.ts';
import { momentOf } from './moment-of.ts';
import { momentSchema, zoneMember } from './parts.ts';
import { type PeriodDefinition, fixedSpan } from './period.ts';

const schema = z
  .strictObject({
    kind: z.literal('between'),
    from: momentSchema,
    to: momentSchema,
    ...zoneMember,
  })
  .refine(({ from, to }) => isOrdered(from, to), {
    error: 'expected a "to" after "from", both days or both instants',
    path: ['to'],
  });

function isOrdered(from: Json, to: Json): boolean {
  const [first, second] = [readMoment(from), readMoment(to)];
  if (!first || !second) return true; // refused already, at its own place
  const order = compareMoments(first, second);
  return order !== undefined && order < 0;
}

/** from ≤ t < to. */
export const between = {
  kind: 'between',
  schema,
  zoned: true,
  range,
  span: (period, zone, instant) => fixedSpan(range(period, zone), instant),
  sentence: 'from {from} until before {to}{zone}',
  words: ({ from, to }, write) => ({ from: write.moment(from), to: write.moment(to) }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;

function range({ from, to }: z.infer<typeof schema>, zone: string): Range {
  return {
    from: momentInstant(momentOf(from), zone),
    to: momentInstant(momentOf(to), zone),
  };
}
