import { z } from 'zod';
import type { ProviderKind } from '../../provider-kind.ts';
import { apiKey, apiSettings } from '../api/api-settings.ts';

export const sendgridSettings = z.strictObject({
  region: z.enum(['global', 'eu']).default('global'),
  ...apiSettings(),
  ip_pool_name: z.string().trim().min(2).max(64).optional(),
});
export type SendgridSettings = z.infer<typeof sendgridSettings>;

export const sendgridSecrets = z.strictObject({ api_key: apiKey.optional() });
export type SendgridSecrets = z.infer<typeof sendgridSecrets>;

export const sendgridKind = {
  key: 'sendgrid',
  label: 'SendGrid',
  channels: ['email'],
  settings: sendgridSettings,
  secrets: sendgridSecrets,
  secretFields: ['api_key'],
  hosts: ['sendgrid.com'],
} as const satisfies ProviderKind<SendgridSettings, SendgridSecrets>;
