import { z } from 'zod';
import type { ProviderKind } from '../../provider-kind.ts';
import { apiKey, apiSettings } from '../api/api-settings.ts';
import { mailgunDns } from './dns.ts';

export const mailgunSettings = z.strictObject({
  region: z.enum(['us', 'eu']).default('us'),
  /** The sending domain as Mailgun knows it. */
  domain: z
    .string()
    .trim()
    .max(253)
    .regex(/^[A-Za-z0-9.-]+$/),
  ...apiSettings(),
  require_tls: z.boolean().default(false),
});
export type MailgunSettings = z.infer<typeof mailgunSettings>;

export const mailgunSecrets = z.strictObject({
  api_key: apiKey,
  /** With it the signatures of webhooks are checked. */
  webhook_signing_key: apiKey.optional(),
});
export type MailgunSecrets = z.infer<typeof mailgunSecrets>;

export const mailgunKind = {
  key: 'mailgun',
  label: 'Mailgun',
  channels: ['email'],
  settings: mailgunSettings,
  secrets: mailgunSecrets,
  secretFields: ['api_key', 'webhook_signing_key'],
  hosts: ['mailgun.net', 'mailgun.org'],
  dns: mailgunDns,
} as const satisfies ProviderKind<MailgunSettings, MailgunSecrets>;
