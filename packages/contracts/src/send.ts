import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { lookedPageOf } from './page.ts';
import { prioritySchema } from './sending.ts';

export const DELIVERY_STATUS_NAMES = [
  'queued',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'undelivered',
  'unsubscribed',
  'complained',
  'expired',
  'cancelled',
  'uncertain',
] as const;
export const deliveryStatusSchema = z.enum(DELIVERY_STATUS_NAMES).meta({ id: 'DeliveryStatus' });

export const sendDecisionSchema = z.enum(['sent', 'held', 'refused']).meta({ id: 'SendDecision' });

export const gateReasonSchema = z
  .object({
    gate: z
      .string()
      .describe('`audience`, `consent`, `frequency`, `send_hours`, `time_to_live`, `address`, ...'),
    passed: z.boolean(),
    details: z.json().optional(),
  })
  .meta({ id: 'GateReason' });

/** One address of a send. */
export const deliverySchema = z
  .object({
    id: idSchema,
    send: idSchema,
    message: idSchema,
    message_name: z.string().nullable(),
    contact: idSchema.nullable().describe('Null: a test to nobody in particular.'),
    channel: z.string(),
    address: z.string(),
    app: z.string().nullable(),
    status: deliveryStatusSchema,
    reason: z.string().nullable(),
    at: instantSchema.describe('Of the status.'),
    created_at: instantSchema,
    due_at: instantSchema.nullable().describe('When it is tried next.'),
    attempts: z.int(),
    provider: z.string().nullable().describe('Kind of the provider that has or had it.'),
    subject: z
      .string()
      .nullable()
      .describe('Of e-mail in the sandbox: its subject; of others, the first words.'),
    subject_choice: z
      .object({
        index: z.int().describe('0 is `subject`, 1 the first of `more_subjects`.'),
        text: z.string().nullable().describe('As it was written in the message, with its Liquid.'),
      })
      .nullable()
      .describe('Which of several subjects of an e-mail; null: there was one.'),
    uncertain_at: instantSchema
      .nullable()
      .describe('When nobody knew whether the provider had it, whatever came of it.'),
    test: z.boolean(),
  })
  .meta({ id: 'Delivery' });
export type DeliveryView = z.input<typeof deliverySchema>;

export const deliveryDetailsSchema = deliverySchema
  .extend({
    content: z.record(z.string(), z.json()).nullable(),
    content_source: z
      .enum(['received', 'rendered_again'])
      .nullable()
      .describe('As the sandbox got it, or rendered now from what is known now.'),
    content_problem: z.string().nullable().describe('Why there is no content.'),
    raw: z.string().nullable().describe('Of e-mail in the sandbox: the source (RFC 5322).'),
    provider_ref: z.string().nullable(),
    provider_answer: z.string().nullable(),
    decision: sendDecisionSchema,
    reasons: z.array(gateReasonSchema),
    workflow: idSchema.nullable(),
    run: idSchema.nullable(),
    block: z.string().nullable(),
    campaign: idSchema.nullable(),
    language: z.string().nullable(),
    message_version: z.int(),
    transactional: z.boolean(),
    visits: z
      .array(
        z.object({
          action: z.enum(['opened', 'clicked']),
          at: instantSchema,
          url: z.string().nullable(),
          machine: z
            .string()
            .nullable()
            .describe(
              'Why that was a machine: `head`, `prefetch`, `mail privacy proxy`, `declared`, `data centre`, `mail scanner`, `too fast`, `every link`, or what the provider said; null: a person.',
            ),
        }),
      )
      .describe('Opens and clicks, the newest first, at most 100.'),
  })
  .meta({ id: 'DeliveryDetails' });

/** How the newest sends were decided. */
export const sendCountsSchema = z
  .object({
    counted: z.int().describe('At most 10,000, the newest.'),
    capped: z.boolean().describe('There may be more than were counted.'),
    sent: z.int(),
    held: z.int(),
    refused: z.int(),
    uncertain: z
      .int()
      .describe(
        'Deliveries of which nobody once knew whether the provider had them; at most 10,000.',
      ),
    reasons: z.array(
      z.object({ decision: z.enum(['held', 'refused']), reason: z.string(), n: z.int() }),
    ),
  })
  .meta({ id: 'SendCounts' });
export type SendCounts = z.input<typeof sendCountsSchema>;

/** One decision to send one message to one contact. */
export const sendSchema = z
  .object({
    id: idSchema,
    message: idSchema,
    message_name: z.string().nullable(),
    message_version: z.int(),
    contact: idSchema.nullable(),
    channel: z.string(),
    language: z.string().nullable(),
    workflow: idSchema.nullable(),
    run: idSchema.nullable(),
    block: z.string().nullable(),
    campaign: idSchema.nullable(),
    transactional: z.boolean(),
    test: z.boolean(),
    decision: sendDecisionSchema,
    reason: z.string().nullable().describe('Why it is refused or waits, in a word.'),
    reasons: z.array(gateReasonSchema),
    priority: prioritySchema,
    hold_until: instantSchema.nullable().describe('Of `held`: when it is decided again.'),
    expires_at: instantSchema.nullable().describe('Later it does not leave.'),
    status: deliveryStatusSchema.nullable(),
    created_at: instantSchema,
    deliveries: z.array(deliverySchema),
  })
  .meta({ id: 'Send' });
export type SendView = z.input<typeof sendSchema>;

export const deliveryPageSchema = lookedPageOf(deliverySchema).meta({ id: 'DeliveryPage' });
export const sendPageSchema = lookedPageOf(sendSchema).meta({ id: 'SendPage' });
