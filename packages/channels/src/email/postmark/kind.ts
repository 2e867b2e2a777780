import { z } from 'zod';
import type { ProviderKind } from '../../provider-kind.ts';
import { apiKey, apiSettings } from '../api/api-settings.ts';
import { postmarkDns } from './dns.ts';

const stream = z
  .string()
  .trim()
  .max(100)
  .regex(/^[a-z0-9-]+$/);

export const postmarkSettings = z.strictObject({
  ...apiSettings(),
  /** For messages that somebody waits for. */
  transactional_stream: stream.default('outbound'),
  /** Postmark keeps marketing apart from what somebody waits for. */
  marketing_stream: stream.default('broadcast'),
  /** Postmark sends it, with the password, as the webhook's basic credentials. */
  webhook_user: z.string().trim().max(100).optional(),
});
export type PostmarkSettings = z.infer<typeof postmarkSettings>;

export const postmarkSecrets = z.strictObject({
  server_token: apiKey,
  webhook_password: apiKey.optional(),
});
export type PostmarkSecrets = z.infer<typeof postmarkSecrets>;

export const postmarkKind = {
  key: 'postmark',
  label: 'Postmark',
  channels: ['email'],
  settings: postmarkSettings,
  secrets: postmarkSecrets,
  secretFields: ['server_token', 'webhook_password'],
  hosts: ['postmarkapp.com'],
  dns: postmarkDns,
} as const satisfies ProviderKind<PostmarkSettings, PostmarkSecrets>;
