import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/\p{Cc}/u.test(text), 'Write it on one line, without control characters.');

const security = z
  .enum(['tls', 'starttls', 'none'])
  .describe('tls from the first byte; starttls demanded; none never.');
const afterwards = z
  .enum(['seen', 'move', 'delete'])
  .describe('What becomes of mail that told something about a message; other mail is left alone.');
const loginKind = z.enum(['password', 'oauth']);
const secret = (most: number) => z.string().min(1).max(most);

/** Read by people, written by nobody but the program. */
export const mailboxSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    host: z.string(),
    port: z.int(),
    security,
    accept_any_certificate: z.boolean(),
    user: z.string(),
    login: loginKind,
    token_url: z.string().nullable(),
    client_id: z.string().nullable(),
    scope: z.string().nullable(),
    secrets_set: z.array(z.string()),
    folder: z.string(),
    afterwards,
    move_to: z.string().nullable(),
    enabled: z.boolean(),
    condition: z
      .enum(['new', 'well', 'refused', 'failing'])
      .describe('refused: the server or the log-in says no; failing: it cannot be reached.'),
    problem: z.string().nullable(),
    next_at: instantSchema.nullable().describe('When it is tried again; null while all is well.'),
    counts: z
      .object({
        told: z.int(),
        nothing: z.int(),
        unknown: z.int(),
        gone: z.int(),
      })
      .describe('Mails that told something, nothing, were about nobody, or about what is gone.'),
    last_mail_at: instantSchema.nullable(),
    looked_at: instantSchema.nullable(),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Mailbox' });
export type Mailbox = z.input<typeof mailboxSchema>;

const settings = {
  name: oneLine(100),
  host: oneLine(253),
  port: z.int().min(1).max(65_535),
  security,
  accept_any_certificate: z.boolean(),
  user: oneLine(500),
  login: loginKind,
  token_url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .nullable(),
  client_id: oneLine(500).nullable(),
  scope: oneLine(1_000).nullable(),
  folder: oneLine(500),
  afterwards,
  move_to: oneLine(500).nullable(),
  enabled: z.boolean(),
  password: secret(5_000),
  access_token: secret(10_000),
  refresh_token: secret(10_000),
  client_secret: secret(5_000),
};

export const newMailboxSchema = z.strictObject({
  ...settings,
  port: settings.port.default(993),
  security: security.default('tls'),
  accept_any_certificate: settings.accept_any_certificate.default(false),
  login: loginKind.default('password'),
  token_url: settings.token_url.default(null),
  client_id: settings.client_id.default(null),
  scope: settings.scope.default(null),
  folder: settings.folder.default('INBOX'),
  afterwards: afterwards.default('seen'),
  move_to: settings.move_to.default(null),
  enabled: settings.enabled.default(true),
  password: settings.password.optional(),
  access_token: settings.access_token.optional(),
  refresh_token: settings.refresh_token.optional(),
  client_secret: settings.client_secret.optional(),
});
export type NewMailbox = z.output<typeof newMailboxSchema>;

export const mailboxChangeSchema = z.strictObject(settings).partial();
export type MailboxChange = z.output<typeof mailboxChangeSchema>;

export const mailboxTrialSchema = z
  .object({
    ok: z.boolean(),
    problem: z.string().nullable(),
    messages: z.int().nullable().describe('In the folder.'),
    tells_at_once: z.boolean().nullable().describe('The server has IDLE.'),
    folders: z.array(z.string()).describe('Where the folder is not there: those that are.'),
  })
  .meta({ id: 'MailboxTrial' });
export type MailboxTrial = z.input<typeof mailboxTrialSchema>;
