import { createHash } from 'node:crypto';
import { bufferOf, type RawMail } from './raw-mail.ts';

/**
 * What a signature says of the body: SHA-256 of its relaxed form (RFC 6376 §3.4.4), in base64. For
 * bodies as they are composed here: every line ends with CRLF, the last one is not empty, and no
 * white space stands where two pieces meet. nodemailer's stream takes any body, and ten times as long.
 */
export function hashOfBody(body: RawMail): string {
  const hash = createHash('sha256');
  for (const piece of body) hash.update(relaxed(bufferOf(piece)));
  return hash.digest('base64');
}

const [TAB, CR, SPACE] = [9, 13, 32];

/** White space within a line becomes one space; at its end it goes. */
function relaxed(lines: Buffer): Buffer {
  // So are files in base64.
  if (!lines.includes(SPACE) && !lines.includes(TAB)) return lines;
  const written = Buffer.allocUnsafe(lines.length);
  let size = 0;
  let isApart = false;
  for (let at = 0; at < lines.length; at += 1) {
    const byte = lines[at]!;
    if (byte === SPACE || byte === TAB) {
      isApart = true;
      continue;
    }
    if (isApart && byte !== CR) written[size++] = SPACE;
    isApart = false;
    written[size++] = byte;
  }
  return written.subarray(0, size);
}
