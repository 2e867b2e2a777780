import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** Something accepted that no retry could apply, kept with the reason. */
export const deadEventSchema = z
  .object({
    id: idSchema,
    stage: z.enum(['resolve', 'apply']).describe('Where it failed.'),
    kind: z.string(),
    contact: idSchema.nullable(),
    item: z.json().describe('What was sent, as it was understood.'),
    reason: z.string().describe('A short code.'),
    detail: z.string().nullable(),
    received_at: instantSchema,
    failed_at: instantSchema,
  })
  .meta({ id: 'DeadEvent' });
export type DeadEvent = z.input<typeof deadEventSchema>;

export const deadEventPageSchema = z
  .object({
    items: z.array(deadEventSchema),
    next_cursor: z.string().nullable(),
    reasons: z
      .array(z.object({ reason: z.string(), count: z.int() }))
      .describe('How many there are for each reason, most first; of the newest 100,000.'),
  })
  .meta({ id: 'DeadEventPage' });
export type DeadEventPage = z.input<typeof deadEventPageSchema>;

/** Which dead events: by ID, or all of them, or all that died of one reason. */
export const deadEventChoiceSchema = z.union(
  [
    z.strictObject({ ids: z.array(idSchema).min(1).max(5000) }),
    z.strictObject({ all: z.literal(true), reason: z.string().max(200).optional() }),
  ],
  { error: 'Expected {"ids": [...]} or {"all": true}.' },
);
export type DeadEventChoice = z.input<typeof deadEventChoiceSchema>;

export const deadEventsHandledSchema = z
  .object({
    handled: z.int(),
    remaining: z.int().describe('Of those chosen: call again for them.'),
  })
  .meta({ id: 'DeadEventsHandled' });
