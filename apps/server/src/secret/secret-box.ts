import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the installation's secret is used for; each use has a key of its own. */
export interface SecretBox {
  /** Encrypts a text for storage; the result is text. */
  seal(text: string): string;
  /** The text that was sealed; throws if it was altered or sealed with another secret. */
  open(sealed: string): string;
  /**
   * A code that only a holder of the secret can make for `data`. The context says what is signed,
   * so that a code for one purpose is worth nothing for another.
   */
  sign(context: string, data: string | Buffer): Buffer;
  verify(context: string, data: string | Buffer, mac: Buffer): boolean;
  /** Tells whether two programs have the same secret, without telling it. */
  fingerprint(): string;
}

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

export function createSecretBox(secret: string): SecretBox {
  const sealingKey = deriveKey(secret, 'seal');
  const signingKeys = new Map<string, Buffer>();
  const signingKey = (context: string): Buffer => {
    const known = signingKeys.get(context);
    if (known) return known;
    const key = deriveKey(secret, `sign ${context}`);
    signingKeys.set(context, key);
    return key;
  };
  const sign = (context: string, data: string | Buffer): Buffer =>
    createHmac('sha256', signingKey(context)).update(data).digest();
  return {
    seal: (text) => seal(sealingKey, text),
    open: (sealed) => open(sealingKey, sealed),
    sign,
    verify: (context, data, mac) => sameBytes(sign(context, data), mac),
    fingerprint: () => deriveKey(secret, 'fingerprint').toString('hex'),
  };
}

function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'perennial', purpose, 32));
}

function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${version}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
}

function open(key: Buffer, sealed: string): string {
  const [form, content = ''] = sealed.split('.');
  const bytes = Buffer.from(content, 'base64url');
  if (form !== version || bytes.length < nonceBytes + tagBytes) throw unreadable();
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const body = bytes.subarray(nonceBytes, -tagBytes);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): Error {
  return new Error('A stored credential cannot be decrypted with this PERENNIAL_SECRET.', {
    cause,
  });
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
