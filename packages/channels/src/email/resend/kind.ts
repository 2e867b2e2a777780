import { z } from 'zod';
import type { ProviderKind } from '../../provider-kind.ts';
import { apiKey, apiSettings } from '../api/api-settings.ts';
import { resendDns } from './dns.ts';

/** Resend lets a team make two calls a second unless it asked for more. */
const CALLS_PER_SECOND = 2;

export const resendSettings = z.strictObject(apiSettings({ ratePerSecond: CALLS_PER_SECOND }));
export type ResendSettings = z.infer<typeof resendSettings>;

export const resendSecrets = z.strictObject({
  api_key: apiKey,
  /** With it the signatures of webhooks are checked. */
  webhook_secret: apiKey.optional(),
});
export type ResendSecrets = z.infer<typeof resendSecrets>;

export const resendKind = {
  key: 'resend',
  label: 'Resend',
  channels: ['email'],
  settings: resendSettings,
  secrets: resendSecrets,
  secretFields: ['api_key', 'webhook_secret'],
  hosts: ['resend.com'],
  dns: resendDns,
} as const satisfies ProviderKind<ResendSettings, ResendSecrets>;
