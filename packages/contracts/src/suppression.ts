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

/** Most addresses of one call. */
export const MOST_SUPPRESSIONS = 10_000;

/** Many addresses at once, as they were pasted. */
export const suppressionImportSchema = z.strictObject({
  channel: z.string().max(50),
  reason: suppressionReasonSchema.exclude(['blocked']).default('blacklisted'),
  addresses: z.array(z.string().max(500)).min(1).max(MOST_SUPPRESSIONS),
  details: z.string().trim().max(500).optional(),
});

export const suppressionImportResultSchema = z
  .object({
    added: z.int(),
    known: z.int().describe('Addresses that were there for this reason, or twice in the call.'),
    invalid: z.array(
      z.object({
        index: z.int().describe('In `addresses`, from 0.'),
        address: z.string(),
      }),
    ),
  })
  .meta({ id: 'SuppressionImportResult' });
export type SuppressionImportResult = z.input<typeof suppressionImportResultSchema>;

/** Names one reason of one address. */
export const suppressionKeySchema = z.object({
  channel: z.string().max(50),
  address: z.string().max(500),
  reason: suppressionReasonSchema,
});
