import { createHash } from 'node:crypto';
import {
  composeEmail,
  createDkimSigner,
  DELIVERY_HEADER,
  encodeAttachment,
  parseMailbox,
  type Attachment,
  type DkimKey,
  type EmailParts,
  type RawMail,
} from '@perennial/channels/providers';
import type { JsonObject } from '../../inbox/index.ts';
import { ownDomainOf, type OwnMailing } from './own-mailing.ts';
import { TemplateError } from './template-error.ts';
import { textOf } from './text-of.ts';

/** What the sender of e-mail is called and how it signs, by provider. */
export interface Mailing {
  /** Of messages that name no sender: `Name <address>` or an address. */
  from: string;
  replyTo?: string;
  dkim?: DkimKey;
  /** The provider composes messages itself, from their parts. */
  takes?: 'raw' | 'parts';
  /** Where bounces go, with the delivery's key behind a `+` (VERP); the sender's own if absent. */
  bounceAddress?: string;
  /** Messages are kept rather than sent: with their content, and their files described, not carried. */
  keeps?: boolean;
  /** Goes before what stands above, for messages from the workspace's own domains and senders. */
  own?: OwnMailing;
  /** We sign, with the keys of those domains. */
  signs?: boolean;
}

/** A message of RFC 5322 with its envelope, or what a provider makes one of. */
export type FinishedEmail =
  { mail: { raw: RawMail; from: string; to: string } } | { parts: EmailParts };

export interface EmailToFinish {
  content: JsonObject;
  files?: readonly Attachment[];
  address: string;
  messageId: string;
  mailing: Mailing;
  now: Date;
  /** Marketing: with the headers of RFC 8058. */
  unsubscribeUrl?: string;
  listId: string;
  deliveryId: number;
}

type Signer = ReturnType<typeof createDkimSigner>;

/** Writes rendered e-mail as a message of RFC 5322, signed where the provider has a key. */
export function createEmailFinisher(): (email: EmailToFinish) => FinishedEmail {
  const signers = new Map<string, Signer>();
  const signerOf = (key: DkimKey): Signer => {
    const name = `${key.domain} ${key.selector} ${key.privateKey}`;
    const signer = signers.get(name) ?? createDkimSigner(key);
    signers.set(name, signer);
    return signer;
  };
  return (email) => {
    const parts = partsOf(email);
    const { mailing } = email;
    if (mailing.takes === 'parts') return { parts };
    const { raw, from, to } = composeEmail(parts);
    const own = mailing.signs ? ownDomainOf(mailing.own, parts.from) : undefined;
    const dkim = own?.dkim ?? mailing.dkim;
    const signed = dkim ? signerOf(dkim).sign(raw) : raw;
    const bounces = own?.bounceAddress ?? mailing.bounceAddress;
    return { mail: { raw: signed, from: bounceAddressOf(email, bounces) ?? from, to } };
  };
}

function partsOf(email: EmailToFinish): Parameters<typeof composeEmail>[0] {
  const { content, mailing, files = [] } = email;
  const from = mailbox(textOf(content, 'from') || mailing.from, '/from');
  const replyTo =
    textOf(content, 'reply_to') ||
    mailing.own?.replyTo[from.address.toLowerCase()] ||
    mailing.replyTo;
  return {
    from,
    to: { name: '', address: email.address },
    ...(replyTo && { replyTo: mailbox(replyTo, '/reply_to') }),
    subject: textOf(content, 'subject'),
    html: textOf(content, 'html'),
    text: textOf(content, 'text'),
    ...(content['amp'] !== undefined && { amp: textOf(content, 'amp') }),
    messageId: email.messageId,
    date: email.now,
    boundary: createHash('sha256').update(email.messageId).digest('hex').slice(0, 24),
    headers: {
      'List-Id': email.listId,
      // SES and Resend put a Message-ID of their own in place of ours: this leads back all the same.
      [DELIVERY_HEADER]: keyOf(email),
      ...(email.unsubscribeUrl && {
        'List-Unsubscribe': `<${email.unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    ...(files.length > 0 && { attachments: mailing.keeps ? files.map(described) : files }),
  };
}

/** The part of a file with words instead of its bytes. */
function described(file: Attachment): Attachment {
  const words = `${file.name}, ${file.size} bytes, is not kept here.\r\n`;
  return { ...file, base64: encodeAttachment(Buffer.from(words)) };
}

/** RFC 5321 §4.5.5: bounces come to the envelope's sender, and there the address names the delivery. */
function bounceAddressOf(
  { messageId }: EmailToFinish,
  bounceAddress: string | undefined,
): string | undefined {
  const [local, domain] = bounceAddress?.split('@') ?? [];
  if (!local || !domain) return undefined;
  return `${local}+${keyOf({ messageId })}@${domain}`;
}

/** The delivery's name outside. */
function keyOf({ messageId }: Pick<EmailToFinish, 'messageId'>): string {
  return messageId.slice(0, messageId.indexOf('@'));
}

function mailbox(text: string, path: string): { name: string; address: string } {
  const parsed = parseMailbox(text);
  if (parsed) return parsed;
  throw new TemplateError({
    path,
    message: 'Is not an e-mail address, nor a name with one: Name <address>.',
    excerpt: text.slice(0, 160),
  });
}
