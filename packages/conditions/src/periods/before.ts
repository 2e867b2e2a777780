import { z } from 'zod';
import { momentInstant } from '../values/moment.ts';
import { momentOf } from './moment-of.ts';
import { momentSchema, zoneMember } from './parts.ts';
import type { PeriodDefinition } from './period.ts';

const schema = z.strictObject({ kind: z.literal('before'), at: momentSchema, ...zoneMember });

/** t < at. */
export const before = {
  kind: 'before',
  schema,
  zoned: true,
  range: ({ at }, zone) => ({ from: -Infinity, to: momentInstant(momentOf(at), zone) }),
  sentence: 'before {at}{zone}',
  words: ({ at }, write) => ({ at: write.moment(at) }),
} satisfies PeriodDefinition<z.infer<typeof schema>>;
