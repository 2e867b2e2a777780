import { writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool } from '../../db/index.ts';
import type { Origin } from '../../http/index.ts';
import { beginAttempt } from '../log-in/attempt-limit.ts';
import { deleteSessions } from '../log-in/queries.ts';
import { hashPassword, isPassword } from '../password.ts';
import { findUser, updatePassword } from '../queries.ts';

export type PasswordCheck =
  { outcome: 'right' } | { outcome: 'wrong' } | { outcome: 'limited'; retryAfterSeconds: number };

/** Asks a logged-in user for their password again; counted like a log-in. */
export async function checkOwnPassword(
  pool: Pool,
  { userId, password, ip, now }: { userId: number; password: string; ip: string; now: Date },
): Promise<PasswordCheck> {
  const user = await findUser(pool, { id: userId });
  if (!user) return { outcome: 'wrong' };
  const limit = await beginAttempt(pool, { email: user.email, ip, now });
  if (!limit.allowed) {
    return { outcome: 'limited', retryAfterSeconds: limit.retryAfterSeconds };
  }
  if (!(await isPassword(password, user.password_hash))) return { outcome: 'wrong' };
  await limit.succeed();
  return { outcome: 'right' };
}

/** Sets the password and logs the user out everywhere else. */
export async function changePassword(
  pool: Pool,
  { userId, next, keep, by }: { userId: number; next: string; keep: Buffer; by: Origin },
): Promise<void> {
  const passwordHash = await hashPassword(next);
  await inTransaction(pool, async (tx) => {
    await updatePassword(tx, { id: userId, passwordHash });
    await deleteSessions(tx, { userId, except: keep });
    await writeAudit(tx, {
      by,
      action: 'user.set_password',
      object: { kind: 'user', id: userId },
      after: { purpose: 'change' },
    });
  });
}
