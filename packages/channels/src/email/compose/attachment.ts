import MimeNode from 'nodemailer/lib/mime-node';
import { base64Lines } from './base64-lines.ts';
import { bufferOf } from './raw-mail.ts';

/** A file that goes with a message. */
export interface Attachment {
  name: string;
  /** `application/pdf` */
  type: string;
  /** Bytes of the file itself. */
  size: number;
  /** In lines of 76 characters, as RFC 2045 has them; messages share it. */
  base64: Uint8Array;
}

/** Base64 in lines, in memory that threads share instead of copying it. */
export function encodeAttachment(bytes: Uint8Array): Uint8Array {
  const lines = base64Lines(bufferOf(bytes));
  const shared = new Uint8Array(new SharedArrayBuffer(lines.length));
  shared.set(lines);
  return shared;
}

/** For vendors that take it in JSON, which knows no lines. */
export function unbrokenBase64({ base64 }: Attachment): string {
  return bufferOf(base64).toString('latin1').replaceAll('\r\n', '');
}

/** The head of the part that holds the file: names beyond ASCII are written as RFC 2231 has it. */
export function attachmentHead({ name, type }: Pick<Attachment, 'name' | 'type'>): string {
  // Below another node, as only the head of a whole message says when it was written and by whom.
  const part = new MimeNode(type, { filename: name, rootNode: new MimeNode('multipart/mixed') });
  part.setHeader('Content-Disposition', 'attachment');
  part.setHeader('Content-Transfer-Encoding', 'base64');
  return part.buildHeaders();
}
