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
import { escapeHtml } from './liquid.ts';
import { ownDomainOf, type OwnMailing } from './own-mailing.ts';
import type { RecipientTokens, TokenKind } from './recipient-token.ts';
import { TemplateError } from './template-error.ts';
import { textOf } from './text-of.ts';
import { findLinks, replaceLinks } from './tracked-links.ts';

/** The delivery that a message is rendered for. */
export interface DeliveryRef {
  workspaceId: number;
  contactId: number;
  sendId: number;
  deliveryId: number;
  channel: string;
}

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
  /** Files are described, not carried: where messages are kept rather than sent. */
  describesFiles?: boolean;
  /** Goes before what stands above, for messages from the workspace's own domains and senders. */
  own?: OwnMailing;
  /** We sign, with the keys of those domains. */
  signs?: boolean;
}

/** Where links lead: the public address of this program. */
export interface RecipientLinks {
  unsubscribe_url: string;
  preferences_url: string;
  view_url: string;
  confirm_url: string;
}

const PATHS: Record<TokenKind, string> = {
  link: 'r',
  open: 'o',
  unsubscribe: 'u',
  view: 'v',
  preferences: 'preferences',
  confirm: 'c',
  message: 'm',
};

export function recipientUrl(
  kind: TokenKind,
  { delivery, publicUrl, tokens, url, links }: LinkParts & { url?: string; links?: number },
): string {
  const token = tokens.seal({
    kind,
    ...delivery,
    ...(url !== undefined && { url }),
    ...(links !== undefined && { links }),
  });
  return `${publicUrl}/${PATHS[kind]}/${token}`;
}

/** Where a message of the library is shown to whoever has the link. */
export function messageUrl({
  workspaceId,
  messageId,
  ...parts
}: Pick<LinkParts, 'publicUrl' | 'tokens'> & { workspaceId: number; messageId: number }): string {
  const delivery = {
    workspaceId,
    contactId: 0,
    sendId: 0,
    deliveryId: messageId,
    channel: 'email',
  };
  return recipientUrl('message', { ...parts, delivery });
}

interface LinkParts {
  delivery: DeliveryRef;
  publicUrl: string;
  tokens: RecipientTokens;
}

/** The addresses that Liquid gives to the writer of a message. */
export function recipientLinks(parts: LinkParts): RecipientLinks {
  return {
    unsubscribe_url: recipientUrl('unsubscribe', parts),
    preferences_url: recipientUrl('preferences', parts),
    view_url: recipientUrl('view', parts),
    confirm_url: recipientUrl('confirm', parts),
  };
}

/** Adds what belongs to this recipient: preview text, tracked links, the open pixel. */
export function finishHtml(
  html: string,
  {
    preheader,
    plainLinks = false,
    ...parts
  }: LinkParts & { preheader?: string; plainLinks?: boolean | undefined },
): string {
  const { publicUrl } = parts;
  const isOurs = (url: string): boolean =>
    Object.values(PATHS).some((path) => url.startsWith(`${publicUrl}/${path}/`));
  const found = plainLinks ? [] : findLinks(html, { isOurs });
  // Messages lead to one place from many links: equal ones are sealed once.
  const urls = new Set(found.map(({ url }) => url));
  const links = urls.size;
  const sealed = new Map(
    [...urls].map((url) => [url, recipientUrl('link', { ...parts, url, links })]),
  );
  const tracked = replaceLinks(html, found, (url) => sealed.get(url)!);
  const pixel = `<img src="${recipientUrl('open', { ...parts, links })}.gif" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0" />`;
  return beforeBodyEnd(withPreheader(tracked, preheader), pixel);
}

/** What mail programs show beside the subject; hidden in the message itself. */
export function withPreheader(html: string, preheader: string | undefined): string {
  if (!preheader) return html;
  const hidden = `<div style="display:none;max-height:0;max-width:0;opacity:0;overflow:hidden">${escapeHtml(preheader)}</div>`;
  const body = /<body\b[^>]*>/i.exec(html);
  if (!body) return hidden + html;
  const at = body.index + body[0].length;
  return html.slice(0, at) + hidden + html.slice(at);
}

function beforeBodyEnd(html: string, addition: string): string {
  const at = html.toLowerCase().lastIndexOf('</body>');
  return at < 0 ? html + addition : html.slice(0, at) + addition + html.slice(at);
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
export function createEmailFinisher(): (email: EmailToFinish) => Promise<FinishedEmail> {
  const signers = new Map<string, Signer>();
  const signerOf = (key: DkimKey): Signer => {
    const name = `${key.domain} ${key.selector} ${key.privateKey}`;
    const signer = signers.get(name) ?? createDkimSigner(key);
    signers.set(name, signer);
    return signer;
  };
  return async (email) => {
    const parts = partsOf(email);
    const { mailing } = email;
    if (mailing.takes === 'parts') return { parts };
    const { raw, from, to } = composeEmail(parts);
    const own = mailing.signs ? ownDomainOf(mailing.own, parts.from) : undefined;
    const dkim = own?.dkim ?? mailing.dkim;
    const signed = dkim ? await signerOf(dkim).sign(raw) : raw;
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
    ...(files.length > 0 && { attachments: mailing.describesFiles ? files.map(described) : files }),
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
