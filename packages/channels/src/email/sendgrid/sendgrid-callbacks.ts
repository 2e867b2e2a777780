import { createPublicKey, createVerify } from 'node:crypto';
import { membersOf, textMember, type JsonMembers } from '../api/read-json.ts';
import {
  bounced,
  BY_POLICY,
  classify,
  CONTENT,
  ON_VENDORS_LIST,
  UNKNOWN_ADDRESS,
  unlessClear,
} from '../callbacks/bounced.ts';
import { factOf, instantOf, isRecent, type Callbacks } from '../callbacks/callbacks.ts';
import type { Bounce } from '../returned/classify-bounce.ts';
import type { Returned } from '../returned/read-returned-mail.ts';
import type { SendgridSecrets, SendgridSettings } from './kind.ts';

/** The signed event webhook: batches, signed with ECDSA P-256 over the timestamp and the raw body. */
export const sendgridCallbacks: Callbacks<SendgridSettings, SendgridSecrets> = {
  verify({ header, body }, { settings, now }) {
    const timestamp = header('x-twilio-email-event-webhook-timestamp') ?? '';
    const signature = header('x-twilio-email-event-webhook-signature') ?? '';
    const { webhook_public_key: key } = settings;
    if (!key || !isRecent(secondsOf(timestamp), { now })) return 'forged';
    return isSigned({ key, timestamp, body, signature }) ? 'genuine' : 'forged';
  },

  read(body) {
    if (!Array.isArray(body)) return [];
    return body.flatMap((value: unknown) => {
      const event = membersOf(value);
      if (!event) return [];
      return factOf(textMember(event, 'delivery'), returnedOf(event), event['timestamp']);
    });
  },
};

function secondsOf(text: string): Date | undefined {
  return /^\d{1,12}$/.test(text) ? instantOf(Number(text)) : undefined;
}

function isSigned({
  key,
  timestamp,
  body,
  signature,
}: {
  key: string;
  timestamp: string;
  body: Buffer;
  signature: string;
}): boolean {
  try {
    const publicKey = readPublicKey(key);
    const verifier = createVerify('sha256').update(timestamp).update(body);
    return verifier.verify(publicKey, signature, 'base64');
  } catch {
    // A key or a signature that cannot be read proves nothing.
    return false;
  }
}

/** As SendGrid shows it: DER in Base64, without the lines of PEM. Throws for anything else. */
function readPublicKey(text: string): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
}

function returnedOf(event: JsonMembers): Returned | undefined {
  switch (textMember(event, 'event')) {
    case 'delivered':
      return { kind: 'delivered' };
    case 'deferred':
      return { kind: 'delayed' };
    case 'bounce':
    case 'blocked':
      return bounced(bounceOf(event), textMember(event, 'reason'));
    case 'dropped':
      return droppedFor(textMember(event, 'reason') ?? '');
    case 'spamreport':
      return { kind: 'complained', feedback: 'abuse' };
    case 'unsubscribe':
    case 'group_unsubscribe':
      return { kind: 'unsubscribed' };
    default:
      return undefined;
  }
}

const BY_CLASSIFICATION: Record<string, Bounce> = {
  'invalid address': UNKNOWN_ADDRESS,
  content: CONTENT,
  reputation: BY_POLICY,
};

/** `bounce_classification` is SendGrid's own reading; the others are left to the server's words. */
function bounceOf(event: JsonMembers): Bounce {
  const said = classify({
    status: textMember(event, 'status'),
    text: textMember(event, 'reason') ?? '',
  });
  const classification = (textMember(event, 'bounce_classification') ?? '').toLowerCase();
  const isBlock = textMember(event, 'type') === 'blocked' || event['event'] === 'blocked';
  // A block is about the message or its sender: SendGrid itself writes to the address again.
  if (isBlock) return said.bounce === 'blocked' ? said : { ...BY_POLICY };
  const known = Object.hasOwn(BY_CLASSIFICATION, classification)
    ? BY_CLASSIFICATION[classification]
    : undefined;
  return known ?? (classification === 'mailbox unavailable' ? unlessClear(said, 'blocked') : said);
}

function droppedFor(reason: string): Returned {
  if (/unsubscribed/i.test(reason)) return { kind: 'unsubscribed' };
  if (/^invalid$/i.test(reason)) return bounced(UNKNOWN_ADDRESS, reason);
  if (/bounced address|spam reporting address/i.test(reason)) {
    return bounced(ON_VENDORS_LIST, reason);
  }
  return bounced(CONTENT, reason);
}
