import MimeNode from 'nodemailer/lib/mime-node';
import { attachmentHead, type Attachment } from './attachment.ts';
import type { Mailbox } from './mailbox.ts';
import type { RawMail } from './raw-mail.ts';

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
  /** Separates the parts; must occur in neither. The same for a repeat of the same message. */
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
  const root = rootOf(parts, files.length > 0 ? 'mixed' : 'alternative');
  const headers = root.buildHeaders();
  const boundary = boundaryOf(headers);
  const envelope = root.getEnvelope();
  return {
    raw:
      files.length > 0
        ? mixed(headers, boundary, { parts, files })
        : [alternative(headers, boundary, parts)],
    from: envelope.from || parts.from.address,
    to: envelope.to[0] ?? parts.to.address,
  };
}

function rootOf(parts: EmailParts, kind: 'mixed' | 'alternative'): MimeNode {
  const root = new MimeNode(`multipart/${kind}`, {
    baseBoundary: parts.boundary,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  root.setHeader('From', parts.from);
  root.setHeader('To', parts.to);
  if (parts.replyTo) root.setHeader('Reply-To', parts.replyTo);
  root.setHeader('Subject', oneLine(parts.subject));
  root.setHeader('Message-ID', `<${parts.messageId}>`);
  root.setHeader('Date', parts.date.toUTCString().replace('GMT', '+0000'));
  for (const [name, value] of Object.entries(parts.headers)) root.setHeader(name, oneLine(value));
  return root;
}

/** AMP stands before the HTML: some mail programs show the last part, whatever it is. */
function alternative(headers: string, boundary: string, { text, amp, html }: EmailParts): Buffer {
  return Buffer.concat([
    Buffer.from(`${headers}\r\n\r\n`),
    part(`--${boundary}`, 'text/plain', text),
    ...(amp ? [part(`--${boundary}`, 'text/x-amp-html', amp)] : []),
    part(`--${boundary}`, 'text/html', html),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

function mixed(
  headers: string,
  boundary: string,
  { parts, files }: { parts: EmailParts; files: readonly Attachment[] },
): Uint8Array[] {
  // Readers that only compare the beginning of a line must not take one for the other.
  const inner = `a-${boundary}`;
  const innerHead = `Content-Type: multipart/alternative; boundary="${inner}"`;
  const attached = files.flatMap((file) => [
    Buffer.from(`\r\n--${boundary}\r\n${attachmentHead(file)}\r\n\r\n`),
    file.base64,
  ]);
  return [
    Buffer.from(`${headers}\r\n\r\n--${boundary}\r\n`),
    alternative(innerHead, inner, parts),
    ...attached,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ];
}

/** A header is one line: whatever a contact's name brought along must not start another. */
export function oneLine(value: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  return value.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

function boundaryOf(headers: string): string {
  const boundary = /boundary="?([^";\r\n]+)"?/.exec(headers)?.[1];
  if (!boundary) throw new Error('The composed message names no boundary.');
  return boundary;
}

function part(delimiter: string, type: string, text: string): Buffer {
  const { encoding, body } = encodeBody(text);
  return Buffer.from(
    `${delimiter}\r\nContent-Type: ${type}; charset=utf-8\r\n` +
      `Content-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`,
    'latin1',
  );
}

/** RFC 5322 §2.1.1 allows 998 characters a line. */
const LONGEST_LINE = 998;

/** ASCII goes as it is, readable in the source; all else as base64, 76 characters a line. */
function encodeBody(text: string): { encoding: string; body: string } {
  const body = text.replace(/\r\n|\r|\n/g, '\r\n');
  if (isPlain(body)) return { encoding: '7bit', body };
  const base64 = Buffer.from(body, 'utf8').toString('base64');
  return { encoding: 'base64', body: base64.replace(/.{76}(?=.)/g, '$&\r\n') };
}

function isPlain(body: string): boolean {
  // eslint-disable-next-line no-control-regex -- anything but printable ASCII, tab and line ends
  if (/[^\t\r\n\u0020-\u007e]/.test(body)) return false;
  for (let start = 0; start < body.length;) {
    const end = body.indexOf('\r\n', start);
    const next = end < 0 ? body.length : end;
    if (next - start > LONGEST_LINE) return false;
    start = next + 2;
  }
  return true;
}
