import { base64Lines } from './base64-lines.ts';

/** A text as it goes over the line. */
export interface EncodedBody {
  encoding: '7bit' | 'base64';
  bytes: Buffer;
}

/** ASCII goes as it is, readable in the source; all else as base64, 76 characters a line. */
export function encodeBody(text: string): EncodedBody {
  const bytes = Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'), 'utf8');
  return isPlain(bytes)
    ? { encoding: '7bit', bytes }
    : { encoding: 'base64', bytes: base64Lines(bytes) };
}

/** RFC 5322 §2.1.1 allows 998 characters a line. */
const LONGEST_LINE = 998;
const [TAB, LF, CR, SPACE, TILDE] = [9, 10, 13, 32, 126];

/** Nothing but printable ASCII, tabs and line ends, in one walk: most of what is sent is asked here. */
function isPlain(body: Buffer): boolean {
  let start = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]!;
    if (byte === CR) {
      if (at - start > LONGEST_LINE) return false;
      start = at + 2;
    } else if ((byte < SPACE && byte !== TAB && byte !== LF) || byte > TILDE) return false;
  }
  return body.length - start <= LONGEST_LINE;
}
