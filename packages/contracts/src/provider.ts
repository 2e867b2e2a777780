import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

const settings = z.record(z.string().max(100), z.json());

/** What carries a channel. Secrets go in and never come out. */
export const providerSchema = z
  .object({
    id: idSchema,
    channel: z.string(),
    kind: z.string(),
    name: z.string(),
    settings,
    secrets_set: z.array(z.string()).describe('Which of its secrets are set.'),
    position: z
      .int()
      .describe('The enabled provider with the lowest carries the channel; the next takes over.'),
    enabled: z.boolean(),
    verified_at: instantSchema.nullable(),
    problem: z.string().nullable().describe('What its server said last, if it was no good.'),
    condition: z
      .enum(['untried', 'fine', 'throttled', 'refused', 'failing', 'broken'])
      .describe(
        'What its answers say: throttled wants to be left alone, refused takes nothing from us, ' +
          'failing fails message after message, broken cannot be read as it is set up.',
      ),
    condition_at: instantSchema.nullable(),
    paused_until: instantSchema.nullable().describe('It is left alone until then.'),
    callback_url: z
      .string()
      .nullable()
      .describe('What its vendor is told to call with events; whoever knows it is half believed.'),
    callback_at: instantSchema.nullable().describe('When that was last called, to a minute.'),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Provider' });
export type Provider = z.input<typeof providerSchema>;

export const newProviderSchema = z.strictObject({
  channel: z.string().max(50),
  kind: z.string().max(50),
  name: z.string().trim().min(1).max(100).optional(),
  settings: settings.default({}).describe('Those of its kind, secrets among them.'),
  enabled: z.boolean().default(true),
  position: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .describe('Behind the others of its channel if absent.'),
});

/** Settings are replaced as a whole; secrets that are left out stay, null removes one. */
export const providerChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  settings: settings.optional(),
  enabled: z.boolean().optional(),
  position: z.int().min(0).max(1_000).optional(),
});

export const providerVerdictSchema = z
  .object({
    ok: z.boolean(),
    problem: z.string().nullable(),
    note: z.string().nullable().describe('What is good to know though it works.'),
  })
  .meta({ id: 'ProviderVerdict' });
export type ProviderVerdict = z.input<typeof providerVerdictSchema>;

/** The order in which a channel's providers take over from each other; names all of them. */
export const providerOrderSchema = z.strictObject({
  channel: z.string().max(50),
  ids: z.array(idSchema).max(500),
});

export const providerTrialSchema = z.strictObject({
  to: z.string().trim().min(3).max(320).describe('The address that gets the test.'),
});

export const providerTrialOutcomeSchema = z
  .object({
    outcome: z.enum(['accepted', 'rejected', 'deferred', 'uncertain']),
    reason: z.string().nullable(),
    answer: z.string().nullable().describe("The provider's own words."),
    ref: z.string().nullable().describe('What the provider calls the message.'),
  })
  .meta({ id: 'ProviderTrialOutcome' });
export type ProviderTrialOutcome = z.input<typeof providerTrialOutcomeSchema>;
