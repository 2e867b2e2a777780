import { z } from 'zod';
import { momentInstant } from '../values/moment.ts';
import { momentOf } from './moment-of.ts';
import { momentSchema, zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z.strictObject({ kind: z.literal('after'), at: momentSchema, ...zoneMember });

/** t ≥ at. */
export const after = {
  kind: 'after',
  schema,
  zoned: true,
  range: ({ at }, zone) => ({ from: momentInstant(momentOf(at), zone), to: Infinity }),
  sentence: 'on or after {at}{zone}',
  words: ({ at }, write) => ({ at: write.moment(at) }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;
