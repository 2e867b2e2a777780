import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** What goes over the line to the server: a line break would be another command. */
const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/\p{Cc}/u.test(text), 'Write it on one line, without control characters.');

const fields = {
  name: oneLine(100).min(1),
  host: oneLine(253).min(1),
  port: z.int().min(1).max(65_535),
  security: z
    .enum(['tls', 'starttls', 'none'])
    .describe('`tls` from the first byte, `starttls` demanded, `none` never.'),
  accept_any_certificate: z
    .boolean()
    .describe('For servers with a certificate of their own making.'),
  user: oneLine(320).min(1),
  folder: oneLine(250).min(1),
  after_reading: z
    .enum(['mark', 'move', 'delete'])
    .describe('What becomes of a mail: marked as read, moved to `move_to`, or deleted.'),
  move_to: oneLine(250).min(1).nullable(),
  enabled: z.boolean(),
};

/** A mailbox that returned mail is read from, over IMAP. */
export const returnedMailboxSchema = z
  .object({
    id: idSchema,
    ...fields,
    password_set: z.boolean(),
    condition: z.enum(['untried', 'fine', 'failing']),
    problem: z.string().nullable().describe('What kept it from being read last.'),
    polled_at: instantSchema.nullable(),
    poll_at: instantSchema.describe('When it is read next.'),
    counts: z
      .object({
        told: z.int().describe('Said something about a message of ours.'),
        nothing: z.int().describe('Holiday notes, answers.'),
        unknown: z.int().describe('Named no message of ours.'),
        gone: z.int().describe('Their messages are gone, or were tests.'),
        skipped: z.int().describe('Were too large to be a report, or came twice.'),
      })
      .describe('Of mails that were read.'),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'ReturnedMailbox' });
export type ReturnedMailbox = z.input<typeof returnedMailboxSchema>;

const password = z.string().min(1).max(5_000).describe('Stored sealed, never shown again.');

export const newReturnedMailboxSchema = z.strictObject({
  ...fields,
  name: fields.name.optional(),
  port: fields.port.default(993),
  security: fields.security.default('tls'),
  accept_any_certificate: fields.accept_any_certificate.default(false),
  folder: fields.folder.default('INBOX'),
  after_reading: fields.after_reading.default('mark'),
  move_to: fields.move_to.default(null),
  enabled: fields.enabled.default(true),
  password,
});

export const returnedMailboxChangeSchema = z.strictObject({
  name: fields.name.optional(),
  host: fields.host.optional(),
  port: fields.port.optional(),
  security: fields.security.optional(),
  accept_any_certificate: fields.accept_any_certificate.optional(),
  user: fields.user.optional(),
  folder: fields.folder.optional(),
  after_reading: fields.after_reading.optional(),
  move_to: fields.move_to.optional(),
  enabled: fields.enabled.optional(),
  password: password.optional(),
});

export const returnedMailboxVerdictSchema = z
  .object({
    ok: z.boolean(),
    problem: z.string().nullable(),
    messages: z.int().nullable().describe('Mails that are in the folder.'),
  })
  .meta({ id: 'ReturnedMailboxVerdict' });
export type ReturnedMailboxVerdict = z.input<typeof returnedMailboxVerdictSchema>;
