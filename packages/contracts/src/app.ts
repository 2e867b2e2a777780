import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** Where an app runs. */
export const APP_PLATFORMS = ['ios', 'android', 'web', 'server', 'other'] as const;
export type AppPlatform = (typeof APP_PLATFORMS)[number];

/** How user tokens may be signed: only with key pairs, so that nothing we keep can sign. */
export const SIGNING_ALGORITHMS = ['ES256', 'EdDSA', 'RS256'] as const;

/** A public key by which user tokens of an app are checked. */
export const signingKeySchema = z
  .object({
    id: idSchema,
    kid: z.string().describe('Put it into the header of the token as `kid`.'),
    name: z.string(),
    algorithm: z.enum(SIGNING_ALGORITHMS),
    created_at: instantSchema,
  })
  .meta({ id: 'SigningKey' });
export type SigningKey = z.input<typeof signingKeySchema>;

/** What became of the calls that named a user, during the last seven days. */
const identityCountsSchema = z.object({
  verified: z.int().describe('With a user token that held.'),
  unverified: z.int().describe('Without one.'),
  invalid: z.int().describe('With one that did not hold: expired, or signed by another key.'),
});

/** An app, site or server of the company that sends events. */
export const appSchema = z
  .object({
    id: idSchema,
    uuid: z.uuid().describe('Names the app in the public API.'),
    key: keySchema,
    name: z.string(),
    platform: z.enum(APP_PLATFORMS),
    require_verified: z
      .boolean()
      .describe('Who somebody is counts only when a signed user token says so.'),
    signing_keys: z.array(signingKeySchema),
    calls: identityCountsSchema.describe('Counted while the app has a signing key.'),
    created_at: instantSchema,
    archived_at: instantSchema.nullable(),
  })
  .meta({ id: 'App' });
export type App = z.input<typeof appSchema>;

const name = z.string().trim().min(1).max(100);

export const newAppSchema = z.strictObject({
  name,
  key: keySchema.optional().describe('Default: made of the name.'),
  platform: z.enum(APP_PLATFORMS).default('other'),
});

export const appChangeSchema = z.strictObject({
  name: name.optional(),
  platform: z.enum(APP_PLATFORMS).optional(),
  require_verified: z.boolean().optional(),
  archived: z.boolean().optional(),
});
export type AppChange = z.input<typeof appChangeSchema>;

export const newSigningKeySchema = z.strictObject({
  name: z.string().trim().max(100).default(''),
  public_key: z
    .string()
    .trim()
    .min(1)
    .max(10_000)
    .optional()
    .describe('PEM (SPKI). Left out: a pair is made, and the answer holds its private half once.'),
});

export const createdSigningKeySchema = signingKeySchema
  .extend({
    private_key: z
      .string()
      .nullable()
      .describe('PEM (PKCS #8), if we made the pair. Kept nowhere.'),
  })
  .meta({ id: 'CreatedSigningKey' });
export type CreatedSigningKey = z.input<typeof createdSigningKeySchema>;
