import { createHash } from 'node:crypto';
import type { Db } from '../../db/index.ts';
import { clearAttempts, countAttempt, uncountAttempt } from './queries.ts';

const windowMs = 15 * 60 * 1000;
const failuresPerEmail = 10;
/** An office shares an address, so this is larger; it stops walks through many accounts. */
const failuresPerIp = 100;

export type Attempt =
  | { allowed: false; retryAfterSeconds: number }
  | {
      allowed: true;
      /** The password was right: the account's count starts again, the address's goes back one. */
      succeed(): Promise<void>;
      /** Neither right nor wrong: the second factor was not there yet. */
      takeBack(): Promise<void>;
    };

/**
 * Counts an attempt against the account and the address it comes from, and says whether it may be
 * made. Accounts that do not exist are counted the same way.
 */
export async function beginAttempt(
  db: Db,
  { email, ip, now }: { email: string; ip: string; now: Date },
): Promise<Attempt> {
  const windowStart = new Date(Math.floor(now.getTime() / windowMs) * windowMs);
  const account = { subject: `email ${fingerprint(email)}`, windowStart };
  const address = { subject: `ip ${fingerprint(ip)}`, windowStart };
  const byEmail = await countAttempt(db, account);
  const byIp = await countAttempt(db, address);
  if (byEmail > failuresPerEmail || byIp > failuresPerIp) {
    const endsAt = windowStart.getTime() + windowMs;
    return { allowed: false, retryAfterSeconds: Math.ceil((endsAt - now.getTime()) / 1000) };
  }
  return {
    allowed: true,
    succeed: async () => {
      await clearAttempts(db, account);
      await uncountAttempt(db, address);
    },
    takeBack: async () => {
      await uncountAttempt(db, account);
      await uncountAttempt(db, address);
    },
  };
}

/** The table counts; whom and from where is not for it to tell. */
function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
