import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, as text that is safe in headers, URLs and cookies. */
export function newToken(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What is stored of a token. It is random, so a plain hash cannot be guessed back. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
