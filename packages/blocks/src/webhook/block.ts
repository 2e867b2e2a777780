import { z } from 'zod';
import { defineBlock, type BlockText, type Reference, type SettingsProblem } from '../block.ts';
import { isReference, parameter } from '../parameter/parameter.ts';

export const WEBHOOK_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export const WEBHOOK_LIMITS = {
  url: 4_000,
  headers: 30,
  header: 4_000,
  body: 256_000,
  timeoutSeconds: 10,
  retries: 10,
} as const;

/** Methods whose requests carry a body. */
const WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** A text that was sealed when the workflow was saved: only its number is in the definition. */
const keptSecret = z.strictObject({ $secret: z.string().regex(/^[1-9]\d{0,15}$/) });

const secretText = z.string().min(1).max(1_000);

/** The text when it is given, its number ever after. */
const secret = z.union([secretText, keptSecret], {
  error: 'expected a secret as text',
});

/** The name of a header, in characters that HTTP allows (RFC 9110 §5.1). */
const headerName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/, { error: 'expected the name of a header' });

const headerValue = z.union(
  [
    parameter(z.string().max(WEBHOOK_LIMITS.header)),
    z.strictObject({ secret: secretText }),
    keptSecret,
  ],
  { error: 'expected a text, {"secret": text}, or where the value comes from' },
);

const settings = z.strictObject({
  method: z.enum(WEBHOOK_METHODS).default('POST'),
  /** The scheme and the host are written out; what Liquid writes into the rest is escaped. */
  url: z.string().trim().min(1).max(WEBHOOK_LIMITS.url),
  headers: z
    .record(headerName, headerValue)
    .refine((headers) => Object.keys(headers).length <= WEBHOOK_LIMITS.headers, {
      error: `expected at most ${WEBHOOK_LIMITS.headers} headers`,
    })
    .optional(),
  /** Text is sent as it is rendered, anything else as JSON; it may hold references. */
  body: z.json().optional(),
  /** Signs requests by the specification of Standard Webhooks. */
  secret: secret.optional(),
  /** Seconds; from the connection to the end of the answer. */
  timeout: z
    .int({ error: 'expected whole seconds' })
    .min(1)
    .max(WEBHOOK_LIMITS.timeoutSeconds)
    .default(WEBHOOK_LIMITS.timeoutSeconds),
  /** Tries after the first one. */
  retries: z.int().min(0).max(WEBHOOK_LIMITS.retries).default(3),
});

type Settings = z.output<typeof settings>;

/** The scheme and host of an address that is written out as far as them; undefined if it is not. */
export function originOf(url: string): string | undefined {
  const text = /^https?:\/\/[^/?#\s{}\\]+(?=[/?#]|$)/i.exec(url)?.[0];
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { username, password, origin } = new URL(text);
  return username || password ? undefined : origin;
}

/** Headers that the connection or the signature sets. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
]);

function problems({ method, url, headers, body, secret }: Settings): SettingsProblem[] {
  const own = Object.keys(headers ?? {}).filter((name) => OWN_HEADERS.has(name.toLowerCase()));
  return [
    ...(originOf(url) === undefined
      ? [
          {
            path: '/url',
            message: 'The address begins with https:// and a host, both written out.',
          },
        ]
      : []),
    ...own.map((name) => ({
      path: `/headers/${name.replaceAll('~', '~0')}`,
      message: `The header ${name} is set by itself.`,
    })),
    ...(body !== undefined && !WITH_BODY.includes(method)
      ? [{ path: '/body', message: `A ${method} request has no body.` }]
      : []),
    ...(typeof secret === 'string' && !isUsableSecret(secret)
      ? [{ path: '/secret', message: 'Behind whsec_ a secret is 24 to 64 bytes in base64.' }]
      : []),
  ];
}

/** Standard Webhooks: the prefix says that base64 follows; any other text is taken as it stands. */
export function isUsableSecret(secret: string): boolean {
  const encoded = /^whsec_(.*)$/s.exec(secret)?.[1];
  return encoded === undefined || /^[A-Za-z0-9+/]{32,88}={0,2}$/.test(encoded);
}

function sentence({ method, url }: Settings): BlockText {
  const origin = originOf(url);
  if (origin === undefined) return { id: 'block.webhook.empty', values: {} };
  return { id: 'block.webhook.sentence', values: { method, host: new URL(origin).host } };
}

/** Asks or tells another system, and goes on with what it answered. */
export const webhookBlock = defineBlock({
  type: 'webhook',
  group: 'flow',
  icon: 'webhook',
  label: 'Webhook',
  settings,
  exits: () => ['ok', 'failed'],
  waiting: false,
  onFailure: 'end',
  sentence,
  defaults: () => ({ method: 'POST', url: '' }),
  literal: ['/method', '/secret'],
  addresses: ['/url'],
  problems,
  references: ({ url, headers, secret }): Reference[] => {
    const kept = [
      { id: secretOf(secret), path: '/secret' },
      ...Object.entries(headers ?? {}).map(([name, value]) => ({
        id: secretOf(value),
        path: `/headers/${name.replaceAll('~', '~0')}`,
      })),
    ];
    return kept.flatMap(({ id, path }) =>
      id === undefined ? [] : [{ kind: 'secret', id, origin: originOf(url), path }],
    );
  },
  texts: {
    label: 'Webhook',
    empty: 'Choose the address to call',
    sentence: '{method} {host}, and wait for the answer',
  },
});

/** A header's value that is kept apart. */
export function secretOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || isReference(value)) return undefined;
  const { $secret: id } = value as { $secret?: string };
  return id;
}
