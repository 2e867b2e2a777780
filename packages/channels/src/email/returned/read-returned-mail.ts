import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { DELIVERY_HEADER } from '../compose/compose-email.ts';
import { classifyBounce, type Bounce } from './classify-bounce.ts';
import {
  addressIn,
  readDeliveryStatus,
  readGroups,
  type RecipientStatus,
} from './delivery-status.ts';
import { enhancedCodeIn, replyCodeIn } from './enhanced-code.ts';

/** What a mail that came back says of one that was sent. */
export type Returned =
  | ({ kind: 'bounced'; code?: string; answer: string; recipient?: string } & Bounce)
  /** It is still being tried. */
  | { kind: 'delayed'; recipient?: string }
  | { kind: 'delivered'; recipient?: string }
  /** Somebody pressed *spam*. `feedback`: `abuse`, `fraud`, ... as RFC 5965 §7.3 names them. */
  | { kind: 'complained'; feedback: string; recipient?: string }
  /** The person told the provider to stop. */
  | { kind: 'unsubscribed'; recipient?: string };

export interface ReturnedMail {
  returned: Returned[];
  /**
   * Message-IDs of what was sent, without angle brackets, as far as it came back along; behind them the keys
   * that stand in a header of their own, since some providers replace Message-IDs.
   */
  messageIds: string[];
}

/**
 * Reads mail that came to a return address: delivery status notifications (RFC 3464) in the
 * dialects of servers, reports of complaints (RFC 5965), and bounces in plain text. Everything
 * else (holiday notes, answers of people, what cannot be read) says nothing.
 */
export async function readReturnedMail(raw: Uint8Array): Promise<ReturnedMail> {
  const mail = await parse(raw);
  if (!mail) return { returned: [], messageIds: [] };
  return { returned: returnedIn(mail), messageIds: messageIdsIn(mail) };
}

/** Undefined beyond the parser's bounds on depth and headers: no server writes such a report. */
function parse(raw: Uint8Array): Promise<Email | undefined> {
  return PostalMime.parse(raw, {
    attachmentEncoding: 'utf8',
    rfc822Attachments: true,
    maxNestingDepth: 20,
    maxHeadersSize: 200_000,
  }).catch(() => undefined);
}

function returnedIn(mail: Email): Returned[] {
  const feedback = partOf(mail, 'message/feedback-report');
  if (feedback !== undefined) return complaintIn(feedback);
  const status =
    partOf(mail, 'message/delivery-status') ?? partOf(mail, 'message/global-delivery-status');
  if (status !== undefined)
    return readDeliveryStatus(status).map((found) => toReturned(found, mail));
  return plainBounceIn(mail);
}

function toReturned(
  { action, recipient, status, diagnostic }: RecipientStatus,
  mail: Email,
): Returned {
  const whom = recipient === undefined ? {} : { recipient };
  if (action === 'delayed') return { kind: 'delayed', ...whom };
  if (action !== 'failed') return { kind: 'delivered', ...whom };
  // Some servers put nothing but a code into the report, and what happened into the text.
  const answer = diagnostic || firstLines(mail.text ?? '');
  const bounce = classifyBounce({ status, code: replyCodeIn(answer), text: answer });
  return { kind: 'bounced', ...bounce, answer, ...whom, ...(status && { code: status }) };
}

/** RFC 5965 §3: `Feedback-Type`, `User-Agent` and `Version` are there, or it is no report. */
function complaintIn(text: string): Returned[] {
  const [fields] = readGroups(text);
  const feedback = fields?.get('feedback-type')?.toLowerCase();
  if (!fields || !feedback || !fields.has('user-agent') || !fields.has('version')) return [];
  if (feedback === 'not-spam') return [];
  const recipient =
    addressIn(fields.get('original-rcpt-to')) ?? addressIn(fields.get('removal-recipient'));
  return [{ kind: 'complained', feedback, ...(recipient && { recipient }) }];
}

const BOUNCE_SENDER = /^(mailer-daemon|postmaster|mail delivery (sub)?system)/i;
const BOUNCE_SUBJECT =
  /undeliver|not delivered|returned (mail|to sender)|delivery (has )?(status|fail|problem)|failure notice|mail delivery failed|could not be delivered/i;

/** Servers older than RFC 3464, such as qmail, and Exim without it, write to people. */
function plainBounceIn(mail: Email): Returned[] {
  const sender = mail.from?.address ?? '';
  const failed = headerOf(mail, 'x-failed-recipients');
  const isReport =
    failed !== undefined ||
    BOUNCE_SENDER.test(sender) ||
    BOUNCE_SENDER.test(mail.from?.name ?? '') ||
    // The null sender of RFC 5321 §4.5.5, as servers note it when they store a mail.
    headerOf(mail, 'return-path')?.trim() === '<>';
  if (!isReport || !(failed !== undefined || BOUNCE_SUBJECT.test(mail.subject ?? ''))) return [];
  const said = beforeCopy(mail.text ?? '');
  if (/(will|to) (be )?retr(y|ied)|delayed|warning/i.test(mail.subject ?? '')) return [];
  const recipient =
    addressIn(failed) ?? addressIn(/^\s*<?([^\s<>:]+@[^\s<>:]+)>?:?\s*$/m.exec(said)?.[1]);
  const answer = answerIn(said);
  const status = enhancedCodeIn(answer);
  const code = replyCodeIn(answer);
  const bounce = classifyBounce({ status, code, text: said });
  return [
    {
      kind: 'bounced',
      ...bounce,
      answer,
      ...(recipient && { recipient }),
      ...(status && { code: status }),
    },
  ];
}

/** What the server says, without the copy of our own message, whose words mean nothing. */
function beforeCopy(text: string): string {
  const [said = ''] = text.split(
    /^-{2,} ?(?:Below this line|This is a copy|Original message|Unsent message|Message header)|^Return-Path:/im,
  );
  return said;
}

/** The line with a number in it, from the number on; else the first lines. */
function answerIn(said: string): string {
  const line = said.split('\n').find((text) => replyCodeIn(text) !== undefined);
  const at = line?.search(/\b[45]\d{2}[ -]/) ?? -1;
  return line && at >= 0 ? line.slice(at).trim() : firstLines(said);
}

function firstLines(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 500);
}

/** Of the copy that came back: the whole message, or its headers. */
function messageIdsIn(mail: Email): string[] {
  const copies = mail.attachments.filter(({ mimeType }) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'].includes(
      mimeType,
    ),
  );
  const headers = copies.map((copy) => headersIn(textOf(copy)));
  const inCopies = headers.map((each) => each.get('message-id'));
  const keys = headers.flatMap((each) => each.get(DELIVERY_HEADER.toLowerCase())?.trim() ?? []);
  const inText = /^Message-ID:\s*(<[^>\s]+>)/im.exec(mail.text ?? '')?.[1];
  const named = [...inCopies, inText, mail.inReplyTo, ...(mail.references?.split(/\s+/) ?? [])];
  const bare = named.flatMap((id) => /<([^<>\s]+)>/.exec(id ?? '')?.[1] ?? []);
  return [...new Set([...bare, ...keys])].slice(0, MOST_IDS);
}

const MOST_IDS = 20;

function headersIn(text: string): Map<string, string> {
  return readGroups(text)[0] ?? new Map<string, string>();
}

function partOf(mail: Email, type: string): string | undefined {
  const part = mail.attachments.find(({ mimeType }) => mimeType === type);
  return part && textOf(part);
}

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

function headerOf(mail: Email, name: string): string | undefined {
  return mail.headers.find(({ key }) => key === name)?.value;
}
