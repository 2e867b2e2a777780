/**
 * A message of RFC 5322 in pieces that follow one another. Attachments are pieces of their own, which
 * messages share: a file of some megabytes is in memory once, however many get it.
 */
export type RawMail = readonly Uint8Array[];

export function sizeOf(raw: RawMail): number {
  return raw.reduce((sum, piece) => sum + piece.length, 0);
}

export function wholeMail(raw: RawMail): Buffer {
  const [only, ...more] = raw;
  if (only && more.length === 0) return Buffer.from(only.buffer, only.byteOffset, only.length);
  return Buffer.concat(raw);
}
