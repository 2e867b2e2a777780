import { attachmentHead, type Attachment } from './attachment.ts';
import { encodeBody } from './encode-body.ts';
import { mailboxHeader, textHeader } from './header.ts';
import type { Mailbox } from './mailbox.ts';
import { joined, type RawMail } from './raw-mail.ts';

export type { RawMail } from './raw-mail.ts';

/** A rendered e-mail, before it is a message of RFC 5322. */
export interface EmailParts {
  from: Mailbox;
  to: Mailbox;
  replyTo?: Mailbox;
  subject: string;
  html: string;
  text: string;
  /** For mail programs that know AMP for Email. */
  amp?: string;
  /** Without the angle brackets. */
  messageId: string;
  date: Date;
  /** Letters, digits and `_`; separates the parts, and must occur in neither. The same for a repeat. */
  boundary: string;
  /** Further headers, such as those of RFC 8058. */
  headers: Record<string, string>;
  attachments?: readonly Attachment[];
}

/** Names the delivery in what comes back with the headers of what was sent. */
export const DELIVERY_HEADER = 'X-Delivery';

export interface ComposedEmail {
  raw: RawMail;
  /** Bare addresses of the envelope. */
  from: string;
  to: string;
}

/**
 * Writes the message, lines ended by CRLF: text and HTML as alternatives, the best one last, and files
 * behind them.
 */
export function composeEmail(parts: EmailParts): ComposedEmail {
  const files = parts.attachments ?? [];
  const from = mailboxHeader('From', parts.from);
  const to = mailboxHeader('To', parts.to);
  const head = [from.line, to.line, ...furtherHeaders(parts)].join('\r\n');
  const boundary = `=_${parts.boundary}`;
  return {
    raw:
      files.length > 0
        ? mixed(head, boundary, { parts, files })
        : [alternative(head, boundary, parts)],
    from: from.address,
    to: to.address,
  };
}

function furtherHeaders({ replyTo, subject, messageId, date, headers }: EmailParts): string[] {
  return [
    ...(replyTo ? [mailboxHeader('Reply-To', replyTo).line] : []),
    textHeader('Subject', subject),
    textHeader('Message-ID', `<${messageId}>`),
    textHeader('Date', date.toUTCString().replace('GMT', '+0000')),
    ...Object.entries(headers).map(([name, value]) => textHeader(name, value)),
    'MIME-Version: 1.0',
  ].filter((line) => line !== '');
}

/** AMP stands before the HTML: some mail programs show the last part, whatever it is. */
function alternative(head: string, boundary: string, { text, amp, html }: EmailParts): Buffer {
  return joined([
    Buffer.from(`${head}\r\n${contentType('alternative', boundary)}\r\n\r\n`),
    ...part(`--${boundary}`, 'text/plain', text),
    ...(amp ? part(`--${boundary}`, 'text/x-amp-html', amp) : []),
    ...part(`--${boundary}`, 'text/html', html),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

function mixed(
  head: string,
  boundary: string,
  { parts, files }: { parts: EmailParts; files: readonly Attachment[] },
): Uint8Array[] {
  // Readers that only compare the beginning of a line must not take one for the other.
  const inner = `a-${boundary}`;
  const attached = files.flatMap((file) => [
    ofItsOwn(`\r\n--${boundary}\r\n${attachmentHead(file)}\r\n\r\n`),
    file.base64,
  ]);
  const first = `${head}\r\n${contentType('mixed', boundary)}\r\n\r\n--${boundary}`;
  return [alternative(first, inner, parts), ...attached, ofItsOwn(`\r\n--${boundary}--\r\n`)];
}

function ofItsOwn(text: string): Buffer {
  return joined([Buffer.from(text)]);
}

function contentType(kind: 'mixed' | 'alternative', boundary: string): string {
  return `Content-Type: multipart/${kind};\r\n boundary="${boundary}"`;
}

function part(delimiter: string, type: string, text: string): Buffer[] {
  const { encoding, bytes } = encodeBody(text);
  const head = `${delimiter}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  return [Buffer.from(head), bytes, CRLF];
}

const CRLF = Buffer.from('\r\n');
