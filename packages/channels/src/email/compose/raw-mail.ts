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
  return only && more.length === 0 ? bufferOf(only) : Buffer.concat(raw);
}

/**
 * Pieces as one, in memory of its own: another thread can take that over instead of copying it, other
 * than the pool that Node.js gives small pieces from.
 */
export function joined(pieces: RawMail): Buffer<ArrayBuffer> {
  const whole = Buffer.allocUnsafeSlow(sizeOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** What a thread that has the mail may give away: files are shared, and stay. */
export function ownMemoryOf(raw: RawMail): ArrayBuffer[] {
  return raw.flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
}

/** The same bytes, not copied. */
export function bufferOf(piece: Uint8Array): Buffer {
  return Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}
