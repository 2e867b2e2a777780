import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { contactRefSchema } from './message.ts';

export const WORKFLOW_CALL_STATES = ['waiting', 'answered', 'failed', 'cancelled'] as const;

/** What a webhook block sends; secrets are not shown. */
export const workflowCallRequestSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
});

/** What was answered: JSON if it is some, else the text. */
export const workflowCallAnswerSchema = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.json(),
});

/** A request that a run's webhook block makes, with what came of its last try. */
export const workflowCallSchema = z
  .object({
    id: idSchema,
    /** In the header `webhook-id`, the same at every try. */
    webhook_id: z.string(),
    workflow: idSchema,
    version: z.number().int(),
    block: z.string(),
    run: idSchema,
    contact: idSchema,
    state: z.enum(WORKFLOW_CALL_STATES),
    tries: z.number().int(),
    /** Of a call that waits: when it is tried next. */
    due_at: instantSchema.nullable(),
    status: z.number().int().nullable(),
    problem: z.string().nullable(),
    took_ms: z.number().int().nullable(),
    created_at: instantSchema,
    ended_at: instantSchema.nullable(),
    /** Null without the right contacts.read_personal. */
    request: workflowCallRequestSchema.nullable(),
    answer: workflowCallAnswerSchema.nullable(),
  })
  .meta({ id: 'WorkflowCall' });
export type WorkflowCall = z.input<typeof workflowCallSchema>;

/** Makes the request of a webhook block now, as a contact's run would. */
export const webhookTrySchema = z.strictObject({
  /** The settings of the block. */
  block: z.record(z.string(), z.json()),
  contact: contactRefSchema.optional(),
  /** Parameters of what started the run. */
  event: z.record(z.string(), z.json()).default({}),
  /** Results of earlier blocks, by block. */
  run: z.record(z.string(), z.json()).default({}),
});
export type WebhookTry = z.input<typeof webhookTrySchema>;

export const webhookTriedSchema = z
  .object({
    ok: z.boolean(),
    request: workflowCallRequestSchema,
    status: z.number().int().nullable(),
    answer: workflowCallAnswerSchema.nullable(),
    problem: z.string().nullable(),
    took_ms: z.number().int(),
  })
  .meta({ id: 'WebhookTried' });
export type WebhookTried = z.input<typeof webhookTriedSchema>;
