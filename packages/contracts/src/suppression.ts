import { z } from 'zod';
import { instantSchema } from './instant.ts';

export const SUPPRESSION_REASON_NAMES = [
  'unsubscribed',
  'complained',
  'bounced',
  'blocked',
  'blacklisted',
] as const;
export const suppressionReasonSchema = z
  .enum(SUPPRESSION_REASON_NAMES)
  .meta({ id: 'SuppressionReason' });

/** An address that must not be written to, whoever has it. */
export const suppressionSchema = z
  .object({
    channel: z.string(),
    address: z.string(),
    reason: suppressionReasonSchema,
    since: instantSchema,
    until: instantSchema.nullable(),
    details: z.string().nullable(),
    source: z.string(),
  })
  .meta({ id: 'Suppression' });
export type Suppression = z.input<typeof suppressionSchema>;

export const newSuppressionSchema = z.strictObject({
  channel: z.string().max(50),
  address: z.string().trim().min(1).max(500),
  reason: suppressionReasonSchema.default('blacklisted'),
  until: instantSchema.optional().describe('Of `blocked`: when it ends.'),
  details: z.string().max(500).optional(),
});

/** Names one reason of one address. */
export const suppressionKeySchema = z.object({
  channel: z.string().max(50),
  address: z.string().max(500),
  reason: suppressionReasonSchema,
});
