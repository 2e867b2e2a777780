import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  type KeyObject,
} from 'node:crypto';
import { channelKeys } from '@perennial/channels';

/** What a link in a message leads to. New ones go to the end: messages that have left name them by place. */
export const TOKEN_KINDS = [
  'link',
  'open',
  'unsubscribe',
  'view',
  'preferences',
  'confirm',
  'message',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Which delivery a link belongs to, and for `link` where it goes. No personal data. */
export interface RecipientToken {
  kind: TokenKind;
  workspaceId: number;
  contactId: number;
  sendId: number;
  /** Of `message`, which belongs to nobody: the message's ID. */
  deliveryId: number;
  channel: string;
  /** Of `link`. */
  url?: string;
  /** Of `link` and `open`: how many different links the message has. */
  links?: number;
}

export interface RecipientTokens {
  /** The same for the same content, so that a message rendered again has the same links. */
  seal(token: RecipientToken): string;
  /** Undefined for whatever this installation did not seal. */
  open(text: string): RecipientToken | undefined;
}

/** Of the first version are the links of messages that left before tokens counted links. */
const VERSION = 2;
const WITHOUT_LINKS = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Tokens sealed with AES-GCM: nobody else can make, read or change one, so that a tracked link is
 * no open redirect and gives nothing away. The nonce is made from the content (as in RFC 8452):
 * equal nonces mean equal tokens.
 */
export function createRecipientTokens(keyBytes: Uint8Array): RecipientTokens {
  // As an object: Node.js makes one of bytes at every use, which costs eight times the sealing.
  const key = createSecretKey(keyBytes);
  const nonceKey = createHmac('sha256', key).update('nonce').digest();
  return {
    seal(token) {
      const plain = encode(token);
      const digest = hash('sha256', Buffer.concat([nonceKey, plain]), 'buffer');
      const nonce = digest.subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = cipher.update(plain);
      cipher.final();
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
    },
    open(text) {
      // Only our own spelling: base64 would let many texts through for one token.
      if (!/^[A-Za-z0-9_-]{40,12000}$/.test(text)) return undefined;
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.toString('base64url') !== text) return undefined;
      const plain = decrypt(key, bytes);
      return plain && decode(plain);
    },
  };
}

function decrypt(key: KeyObject, bytes: Buffer): Buffer | undefined {
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    // The only thing that fails here is the check of the tag: not a token of ours.
    return undefined;
  }
  return plain;
}

function encode(token: RecipientToken): Buffer {
  const numbers = [
    VERSION,
    TOKEN_KINDS.indexOf(token.kind),
    (channelKeys as readonly string[]).indexOf(token.channel),
    token.workspaceId,
    token.contactId,
    token.sendId,
    token.deliveryId,
    token.links ?? 0,
  ];
  return Buffer.concat([
    Buffer.from(numbers.flatMap(varint)),
    Buffer.from(token.url ?? '', 'utf8'),
  ]);
}

function decode(bytes: Buffer): RecipientToken | undefined {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) break;
    }
    return value;
  };
  const version = next();
  if (version !== VERSION && version !== WITHOUT_LINKS) return undefined;
  const kind = TOKEN_KINDS[next()];
  const channel = channelKeys[next()];
  const [workspaceId, contactId, sendId, deliveryId] = [next(), next(), next(), next()];
  if (!kind || !channel) return undefined;
  const links = version === WITHOUT_LINKS ? 0 : next();
  const url = bytes.subarray(at).toString('utf8');
  return {
    kind,
    channel,
    workspaceId,
    contactId,
    sendId,
    deliveryId,
    ...(url && { url }),
    ...(links > 0 && { links }),
  };
}

/** Seven bits a byte, lowest first; IDs go beyond 32 bits, so no bit operators. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** The key of an installation's tokens, made from its secret. */
export function recipientTokenKey(box: { sign(context: string, data: string): Buffer }): Buffer {
  return box.sign('recipient tokens', 'key 1');
}
