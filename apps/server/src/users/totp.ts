import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;
const issuer = 'Perennial';

/** A new secret for an authenticator app (RFC 6238: SHA-1, six digits, 30 s, as apps expect). */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

export function totpUri(secret: string, { email }: { email: string }): string {
  return totp(secret, email).toString();
}

/**
 * The time step that the code belongs to, now or one before or after; null if it is no code of
 * this secret, or of a step already used: a code counts once.
 */
export function matchTotp(
  secret: string,
  code: string,
  { now, lastStep }: { now: Date; lastStep: number | null },
): number | null {
  const timestamp = now.getTime();
  const delta = totp(secret, '').validate({ token: code, timestamp, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(timestamp / 1000 / periodSeconds) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: periodSeconds });
}
