import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../secret/index.ts';

export interface BasicAuth {
  login: string;
  password: string;
}

/** What a webhook keeps sealed. */
export interface WebhookSecrets {
  /** The newest first; `until`: when it stops signing, in epoch milliseconds. */
  signing: { secret: string; until?: number }[];
  basic_auth?: BasicAuth | undefined;
}

/** 192 to 512 bits are what the specification of Standard Webhooks asks for. */
const SECRET_BYTES = 32;
/** How long the receiver may take to learn the new secret. */
export const ROTATION_MS = 24 * 3_600_000;

export function newSigningSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** The new one signs from now on, the one before it for a day more. */
export function rotate(
  secrets: WebhookSecrets,
  { secret, now }: { secret: string; now: Date },
): WebhookSecrets {
  const until = now.getTime() + ROTATION_MS;
  const [newest] = secrets.signing;
  return { ...secrets, signing: [{ secret }, ...(newest ? [{ ...newest, until }] : [])] };
}

export function signingNow({ signing }: WebhookSecrets, now: Date): string[] {
  return signing
    .filter(({ until }) => until === undefined || until > now.getTime())
    .map(({ secret }) => secret);
}

export function sealSecrets(box: SecretBox, secrets: WebhookSecrets): string {
  return box.seal(JSON.stringify(secrets));
}

export function openSecrets(box: SecretBox, sealed: string): WebhookSecrets {
  return JSON.parse(box.open(sealed)) as WebhookSecrets;
}
