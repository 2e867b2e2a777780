import { z } from 'zod';
import type { Range } from '../time/range.ts';
import { momentInstant } from '../values/moment.ts';
import { momentOf } from './moment-of.ts';
import { momentSchema, zoneMember } from './parts.ts';
import { type PeriodDefinition, fixedSpan } from './period.ts';

const schema = z.strictObject({ kind: z.literal('before'), at: momentSchema, ...zoneMember });

/** t < at. */
export const before = {
  kind: 'before',
  schema,
  zoned: true,
  range,
  span: (period, zone, instant) => fixedSpan(range(period, zone), instant),
  sentence: 'before {at}{zone}',
  words: ({ at }, write) => ({ at: write.moment(at) }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;

function range({ at }: z.infer<typeof schema>, zone: string): Range {
  return { from: -Infinity, to: momentInstant(momentOf(at), zone) };
}
