import { z } from 'zod';
import type { ProviderKind } from '../../provider-kind.ts';

const SECOND = 1_000;

export const smtpSettings = z
  .strictObject({
    host: z.string().trim().min(1).max(253),
    port: z.int().min(1).max(65_535).default(587),
    /** `tls` from the first byte; `starttls` demanded; `opportunistic` when offered; `none` never. */
    security: z.enum(['tls', 'starttls', 'opportunistic', 'none']).default('starttls'),
    /** For servers with a certificate of their own making. */
    accept_any_certificate: z.boolean().default(false),
    user: z.string().max(500).optional(),
    /** Sender of messages that name none: an address, or `Name <address>`. */
    from: z.string().trim().min(3).max(500),
    reply_to: z.string().trim().max(500).optional(),
    /** Where bounces go; each message puts its own mark behind the name: `bounces+MARK@...`. */
    bounce_address: z.email().max(120).optional(),
    /** Our name in the greeting; the machine's own if absent. */
    client_name: z.string().max(253).optional(),
    dkim_domain: z.string().trim().max(253).optional(),
    dkim_selector: z
      .string()
      .trim()
      .max(63)
      .regex(/^[A-Za-z0-9._-]+$/)
      .optional(),
    max_connections: z.int().min(1).max(100).default(5),
    /** Some servers close a line after so many messages; we do before them. */
    messages_per_connection: z.int().min(1).max(100_000).default(500),
    rate_per_second: z.number().positive().max(100_000).optional(),
    connect_timeout_ms: z
      .int()
      .min(100)
      .max(120_000)
      .default(10 * SECOND),
    greeting_timeout_ms: z
      .int()
      .min(100)
      .max(300_000)
      .default(15 * SECOND),
    /** Silence during the conversation, the server's scan of the message included. */
    socket_timeout_ms: z
      .int()
      .min(100)
      .max(900_000)
      .default(120 * SECOND),
  })
  .refine((settings) => !settings.dkim_domain === !settings.dkim_selector, {
    message: 'DKIM needs both a domain and a selector.',
    path: ['dkim_selector'],
  });
export type SmtpSettings = z.infer<typeof smtpSettings>;

export const smtpSecrets = z.strictObject({
  password: z.string().max(5_000).optional(),
  /** PEM. */
  dkim_private_key: z.string().max(20_000).optional(),
});
export type SmtpSecrets = z.infer<typeof smtpSecrets>;

export const smtpKind = {
  key: 'smtp',
  label: 'SMTP server',
  channels: ['email'],
  settings: smtpSettings,
  secrets: smtpSecrets,
  secretFields: ['password', 'dkim_private_key'],
} as const satisfies ProviderKind<SmtpSettings, SmtpSecrets>;
