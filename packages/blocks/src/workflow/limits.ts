import { sendHoursSchema } from '@perennial/contracts';
import { z } from 'zod';
import { durationSchema } from '../duration/duration.ts';

/** How often: for each occasion, once ever, or once within a time. */
const OFTEN = 'or a time such as {"n": 7, "unit": "day"}';

/** Of starts for one contact and key. */
export const uniqueSchema = z.union([z.enum(['each', 'once']), durationSchema], {
  error: `expected "each", "once" ${OFTEN}`,
});

/** Of starts for one contact, whatever the key. */
export const reentrySchema = z.union([z.enum(['always', 'once']), durationSchema], {
  error: `expected "always", "once" ${OFTEN}`,
});

/** Who may start, and how often. */
export const limitsSchema = z.strictObject({
  reentry: reentrySchema.default('always'),
  /** `true`: no second active run with the same key; `"contact"`: none at all. */
  one_at_a_time: z
    .union([z.boolean(), z.literal('contact')], { error: 'expected true, false or "contact"' })
    .default(true),
  /** Of every message that its block says nothing about; absent: as each message says. */
  send_hours: sendHoursSchema.optional(),
});

export type Limits = z.output<typeof limitsSchema>;
export type Unique = z.output<typeof uniqueSchema>;
export type Reentry = z.output<typeof reentrySchema>;
