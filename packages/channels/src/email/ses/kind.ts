import { z } from 'zod';
import type { ProviderKind } from '../../provider-kind.ts';
import { apiKey, apiSettings } from '../api/api-settings.ts';
import { sesDns } from './dns.ts';

export const sesSettings = z.strictObject({
  region: z
    .string()
    .trim()
    .max(40)
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'Write it as eu-central-1.'),
  access_key_id: apiKey,
  ...apiSettings(),
  /** Its event destinations say what becomes of the messages. */
  configuration_set: z
    .string()
    .trim()
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
  /** Callbacks of other topics are refused. */
  topic_arn: z
    .string()
    .trim()
    .max(500)
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+$/)
    .optional(),
});
export type SesSettings = z.infer<typeof sesSettings>;

export const sesSecrets = z.strictObject({
  secret_access_key: apiKey,
  /** Only with temporary credentials. */
  session_token: z.string().trim().max(5_000).optional(),
});
export type SesSecrets = z.infer<typeof sesSecrets>;

export const sesKind = {
  key: 'ses',
  label: 'Amazon SES',
  channels: ['email'],
  settings: sesSettings,
  secrets: sesSecrets,
  secretFields: ['secret_access_key', 'session_token'],
  hosts: ['amazonaws.com', 'amazonaws.com.cn', 'api.aws'],
  dns: sesDns,
} as const satisfies ProviderKind<SesSettings, SesSecrets>;
