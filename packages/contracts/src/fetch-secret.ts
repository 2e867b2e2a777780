import { z } from 'zod';
import { idSchema, keySchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** The scheme and host that a secret goes to, and no other. */
const origin = z
  .string()
  .trim()
  .max(300)
  .refine((text) => URL.canParse(text) && isBare(new URL(text)), {
    error: 'Expected https:// and a host, perhaps with a port, and nothing else.',
  });

function isBare({ protocol, username, password, pathname, search, hash }: URL): boolean {
  const others = [username, password, search, hash];
  return /^https?:$/.test(protocol) && pathname === '/' && others.every((part) => part === '');
}

/** Headers that the connection sets (RFC 9110 §7.6.1). */
const CONNECTION_HEADERS = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'expect',
  'keep-alive',
  'te',
  'trailer',
];

/** The name of a header that `{% fetch %}` may send, in characters that HTTP allows (RFC 9110 §5.1). */
export const fetchHeaderSchema = z
  .string()
  .trim()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/, { error: 'Expected the name of a header.' })
  .refine((name) => !CONNECTION_HEADERS.includes(name.toLowerCase()), {
    error: 'This header is set by itself.',
  });

/** Shorter ones could not be struck out of what a server answers without harm to other words. */
const value = z
  .string()
  .trim()
  .min(8, 'Expected at least 8 characters.')
  .max(4_000)
  .regex(/^[\x20-\x7e]*$/, 'Expected letters, digits and signs of ASCII, in one line.');

/** A header with a secret value that messages send with `{% fetch %}` by its name. */
export const fetchSecretSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    origin: z.string().describe('The scheme and host that it is sent to, and no other.'),
    header: z.string(),
    created_at: instantSchema,
    changed_at: instantSchema.describe('When its value was given last.'),
    used_by: z
      .array(z.object({ id: idSchema, name: z.string(), channel: z.string() }))
      .describe('Messages that fetch with it, archived ones left out.'),
  })
  .meta({ id: 'FetchSecret' });
export type FetchSecret = z.input<typeof fetchSecretSchema>;

export const newFetchSecretSchema = z.strictObject({
  name: keySchema.describe('How messages name it; it never changes.'),
  origin,
  header: fetchHeaderSchema.default('Authorization'),
  value: value.describe('The whole value of the header, such as `Bearer …`; never shown again.'),
});
export type NewFetchSecret = z.input<typeof newFetchSecretSchema>;

export const fetchSecretChangeSchema = z.strictObject({
  origin: origin.optional().describe('Only together with the value: it goes nowhere by a change.'),
  header: fetchHeaderSchema.optional(),
  value: value.optional(),
});
export type FetchSecretChange = z.input<typeof fetchSecretChangeSchema>;
