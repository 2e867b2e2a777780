import MimeNode from 'nodemailer/lib/mime-node';
import type { Mailbox } from './mailbox.ts';

/** A rendered e-mail, before it is a message of RFC 5322. */
export interface EmailParts {
  from: Mailbox;
  to: Mailbox;
  replyTo?: Mailbox;
  subject: string;
  html: string;
  text: string;
  /** Without the angle brackets. */
  messageId: string;
  date: Date;
  /** Separates the parts; must occur in neither. The same for a repeat of the same message. */
  boundary: string;
  /** Further headers, such as those of RFC 8058. */
  headers: Record<string, string>;
}

export interface ComposedEmail {
  raw: Buffer;
  /** Bare addresses of the envelope. */
  from: string;
  to: string;
}

/** Writes the message: text and HTML as alternatives, lines ended by CRLF. */
export function composeEmail(parts: EmailParts): ComposedEmail {
  const root = new MimeNode('multipart/alternative', {
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
  const headers = root.buildHeaders();
  const delimiter = `--${boundaryOf(headers)}`;
  const raw = Buffer.concat([
    Buffer.from(`${headers}\r\n\r\n`),
    part(delimiter, 'text/plain', parts.text),
    part(delimiter, 'text/html', parts.html),
    Buffer.from(`${delimiter}--\r\n`),
  ]);
  const envelope = root.getEnvelope();
  return { raw, from: envelope.from || parts.from.address, to: envelope.to[0] ?? parts.to.address };
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
