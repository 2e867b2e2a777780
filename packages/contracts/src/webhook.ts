import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** What webhooks can tell of. */
export const WEBHOOK_KINDS = [
  'message.sent',
  'message.delivered',
  'message.undelivered',
  'message.opened',
  'message.clicked',
  'message.unsubscribed',
  'message.complained',
  'subscription.changed',
  'subscription.confirmed',
  'contact.created',
  'contact.changed',
  'contact.merged',
  'segment.entered',
  'segment.left',
  'form.submitted',
  'order.changed',
  'event.received',
] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** How they are written: by the Standard Webhooks specification, or as lists of activities. */
export const WEBHOOK_FORMATS = ['standard', 'reteno'] as const;
export type WebhookFormatKey = (typeof WEBHOOK_FORMATS)[number];

/** Lists of activities have words for what became of messages, and for subscriptions. */
export function webhookTells(kind: WebhookKind, format: WebhookFormatKey): boolean {
  return format === 'standard' || kind.startsWith('message.') || kind === 'subscription.changed';
}

/** `failing`: it was paused by itself, because its address did not answer for days. */
export const WEBHOOK_STATES = ['active', 'paused', 'failing'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

const filtersSchema = z.strictObject({
  event_types: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .describe('Of `event.received`: only these types.'),
  segments: z
    .array(idSchema)
    .max(100)
    .optional()
    .describe('Of `segment.entered` and `segment.left`: only these segments.'),
});

const hourSchema = z.object({
  hour: instantSchema,
  delivered: z.int(),
  failed: z.int().describe('Requests that were not taken.'),
});

/** Where another system wants to be told of what happens. */
export const webhookSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    url: z.string(),
    format: z.enum(WEBHOOK_FORMATS),
    kinds: z.array(z.enum(WEBHOOK_KINDS)),
    filters: filtersSchema,
    alarm: idSchema
      .nullable()
      .describe('The alarm to which it belongs: it is told of that one alone.'),
    login: z.string().nullable().describe('User name of Basic auth, if there is one.'),
    state: z.enum(WEBHOOK_STATES),
    failing_since: instantSchema.nullable(),
    problem: z.string().nullable().describe('Why the last request was not taken.'),
    next_at: instantSchema.nullable().describe('When it is tried again.'),
    waiting: z.int().describe('Facts that wait, counted up to 10,000.'),
    waiting_since: instantSchema.nullable(),
    dropped: z.int().describe('Facts that waited too long and were given up.'),
    secret_until: instantSchema
      .nullable()
      .describe('Until when the secret before the last rotation signs, too.'),
    hours: z.array(hourSchema).describe('Of the last day, those in which something was tried.'),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.input<typeof webhookSchema>;

const url = z
  .string()
  .max(2000)
  .refine(isAddress, { error: 'Expected an address like https://example.com/hooks.' })
  .refine((text) => !hasLogin(text), {
    error: 'Give the login by itself, not in the address.',
  });

function isAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

function hasLogin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}

const basicAuth = z.strictObject({
  login: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^:]*$/, 'Expected a login without ":".'),
  password: z.string().max(500),
});

export const newWebhookSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  url,
  format: z.enum(WEBHOOK_FORMATS).default('standard'),
  kinds: z.array(z.enum(WEBHOOK_KINDS)).min(1),
  filters: filtersSchema.default({}),
  basic_auth: basicAuth.nullish(),
});

export const webhookChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  url: url.optional(),
  kinds: z.array(z.enum(WEBHOOK_KINDS)).min(1).optional(),
  filters: filtersSchema.optional(),
  basic_auth: basicAuth.nullish().describe('Null takes it away.'),
});

/** Where an alarm calls. A `PUT` without `basic_auth` leaves the login as it is; null takes it away. */
export const alarmWebhookSchema = z.strictObject({ url, basic_auth: basicAuth.nullish() });

/** The webhook of an alarm; null: it has none. */
export const alarmWebhookShownSchema = z
  .object({ webhook: webhookSchema.nullable() })
  .meta({ id: 'AlarmWebhook' });
export type AlarmWebhook = z.input<typeof alarmWebhookShownSchema>;

/** The only answer that holds the secret. */
export const webhookSecretSchema = z
  .object({
    webhook: webhookSchema,
    secret: z.string().nullable().describe('`whsec_...`; null of a format that is not signed.'),
  })
  .meta({ id: 'WebhookSecret' });
export type WebhookSecret = z.input<typeof webhookSecretSchema>;

export const webhookSkipSchema = z.strictObject({
  reason: z.string().trim().min(1).max(500).describe('For those who wonder later.'),
  first: z
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe('How many of its facts, in their order. Default: all.'),
});

/** One request, and what was answered. */
export const webhookAttemptSchema = z
  .object({
    id: idSchema,
    at: instantSchema,
    took_ms: z.int(),
    outcome: z.enum(['delivered', 'failed']),
    status: z.int().nullable().describe('Of the answer; null: there was none.'),
    problem: z.string().nullable(),
    answer: z.string().nullable().describe('Its beginning.'),
    facts: z.int().describe('How many it told.'),
    kind: z.enum(WEBHOOK_KINDS).nullable().describe('Of the first; null of a test.'),
    try: z.int().describe('1 is the first.'),
    test: z.boolean(),
    skipped: z
      .object({ at: instantSchema, by: z.string(), reason: z.string(), facts: z.int() })
      .nullable()
      .describe('Who gave up its facts, and why; null: nobody did.'),
  })
  .meta({ id: 'WebhookAttempt' });
export type WebhookAttempt = z.input<typeof webhookAttemptSchema>;

export const webhookAttemptDetailsSchema = webhookAttemptSchema
  .extend({
    request: z
      .object({ headers: z.record(z.string(), z.string()), body: z.string() })
      .nullable()
      .describe('Written anew from the facts, without signature; null: the facts are gone.'),
  })
  .meta({ id: 'WebhookAttemptDetails' });
export type WebhookAttemptDetails = z.input<typeof webhookAttemptDetailsSchema>;
