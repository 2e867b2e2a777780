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
    position: z.int().describe('The enabled provider with the lowest carries the channel.'),
    enabled: z.boolean(),
    verified_at: instantSchema.nullable(),
    problem: z.string().nullable().describe('What its server said last, if it was no good.'),
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
  position: z.int().min(0).max(1_000).default(0),
});

/** Settings are replaced as a whole; secrets that are left out stay, null removes one. */
export const providerChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  settings: settings.optional(),
  enabled: z.boolean().optional(),
  position: z.int().min(0).max(1_000).optional(),
});

export const providerVerdictSchema = z
  .object({ ok: z.boolean(), problem: z.string().nullable() })
  .meta({ id: 'ProviderVerdict' });
