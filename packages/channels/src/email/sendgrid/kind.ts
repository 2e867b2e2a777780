import { z } from 'zod';
import type { ProviderKind } from '../../provider-kind.ts';
import { apiKey, apiSettings } from '../api/api-settings.ts';
import { sendgridDns } from './dns.ts';

export const sendgridSettings = z.strictObject({
  region: z.enum(['global', 'eu']).default('global'),
  ...apiSettings(),
  ip_pool_name: z.string().trim().min(2).max(64).optional(),
  /** With it the signatures of the event webhook are checked; no secret. */
  webhook_public_key: z
    .string()
    .trim()
    .max(500)
    .regex(/^[A-Za-z0-9+/]{80,}={0,2}$/, 'Copy the verification key from SendGrid as it stands.')
    .optional(),
});
export type SendgridSettings = z.infer<typeof sendgridSettings>;

export const sendgridSecrets = z.strictObject({ api_key: apiKey });
export type SendgridSecrets = z.infer<typeof sendgridSecrets>;

export const sendgridKind = {
  key: 'sendgrid',
  label: 'SendGrid',
  channels: ['email'],
  settings: sendgridSettings,
  secrets: sendgridSecrets,
  secretFields: ['api_key'],
  hosts: ['sendgrid.com'],
  dns: sendgridDns,
} as const satisfies ProviderKind<SendgridSettings, SendgridSecrets>;
