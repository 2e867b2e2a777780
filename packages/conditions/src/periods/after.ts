import { z } from 'zod';
import type { Range } from '../time/range.ts';
import { momentInstant } from '../values/moment.ts';
import { momentOf } from './moment-of.ts';
import { momentSchema, zoneMember } from './parts.ts';
import { type PeriodDefinition, fixedSpan } from './period.ts';

const schema = z.strictObject({ kind: z.literal('after'), at: momentSchema, ...zoneMember });

/** t ≥ at. */
export const after = {
  kind: 'after',
  schema,
  zoned: true,
  range,
  span: (period, zone, instant) => fixedSpan(range(period, zone), instant),
  sentence: 'on or after {at}{zone}',
  words: ({ at }, write) => ({ at: write.moment(at) }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;

function range({ at }: z.infer<typeof schema>, zone: string): Range {
  return { from: momentInstant(momentOf(at), zone), to: Infinity };
}
