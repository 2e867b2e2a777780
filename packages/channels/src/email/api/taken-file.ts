import { hash } from 'node:crypto';
import type { Email } from 'postal-mime';

/** A file that came with a message, as a peer decoded it. */
export interface TakenFile {
  name: string;
  type: string;
  /** SHA-256 of its bytes. */
  hash: string;
}

const AMP = 'text/x-amp-html';

/** Of a message of RFC 5322. */
export function filesOf({ attachments }: Pick<Email, 'attachments'>): TakenFile[] {
  return attachments
    .filter(({ mimeType }) => mimeType !== AMP)
    .map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      hash: hash('sha256', Buffer.from(content as ArrayBuffer)),
    }));
}

/** The AMP page of one, which the parser takes for a file. */
export function ampOf({ attachments }: Pick<Email, 'attachments'>): string | undefined {
  const page = attachments.find(({ mimeType }) => mimeType === AMP);
  return page && Buffer.from(page.content as ArrayBuffer).toString();
}

/** Of an API that takes base64 in JSON: without lines, or it is no file. */
export function fileOf(name: string, type: string, base64: string): TakenFile | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return { name, type, hash: hash('sha256', Buffer.from(base64, 'base64')) };
}
