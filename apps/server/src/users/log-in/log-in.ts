import { writeAudit } from '../../audit/index.ts';
import type { Pool } from '../../db/index.ts';
import type { Actor, Origin } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { isPassword } from '../password.ts';
import { findUserByEmail, useTotpStep, type UserRow } from '../queries.ts';
import { matchTotp } from '../totp.ts';
import { beginAttempt } from './attempt-limit.ts';
import { openSession, type OpenedSession } from './session.ts';

export interface LogIn {
  email: string;
  password: string;
  totp?: string | undefined;
  ip: string;
  agent: string | undefined;
  now: Date;
  requestId: string;
}

export type LogInOutcome =
  | { outcome: 'accepted'; userId: number; session: OpenedSession }
  | { outcome: 'refused'; reason: 'invalid_credentials' | 'totp_required' | 'totp_invalid' }
  | { outcome: 'limited'; retryAfterSeconds: number };

/** Checks password and second factor, within the limit of attempts, and opens a session. */
export async function logIn(
  pool: Pool,
  { box, ...attempt }: LogIn & { box: SecretBox },
): Promise<LogInOutcome> {
  const { email, ip, now, agent } = attempt;
  const limit = await beginAttempt(pool, { email, ip, now });
  if (!limit.allowed) {
    return { outcome: 'limited', retryAfterSeconds: limit.retryAfterSeconds };
  }
  const user = await findUserByEmail(pool, { email });
  const refused = await refusal(pool, user, { ...attempt, box });
  if (refused === 'totp_required') await limit.takeBack();
  else if (refused && user) await recordRefusal(pool, user, { ...attempt, reason: refused });
  if (refused || !user) return { outcome: 'refused', reason: refused ?? 'invalid_credentials' };
  await limit.succeed();
  const session = await openSession(pool, { userId: user.id, now, ip, agent });
  return { outcome: 'accepted', userId: user.id, session };
}

type Refusal = 'invalid_credentials' | 'totp_required' | 'totp_invalid' | null;

/** The answer for a wrong password, a disabled account and no account is the same. */
async function refusal(
  pool: Pool,
  user: UserRow | undefined,
  { password, totp, now, box }: LogIn & { box: SecretBox },
): Promise<Refusal> {
  const matches = await isPassword(password, user?.password_hash ?? null);
  if (!matches || !user || user.disabled_at !== null) return 'invalid_credentials';
  if (!user.totp_enabled || user.totp_secret === null) return null;
  if (totp === undefined) return 'totp_required';
  const step = matchTotp(box.open(user.totp_secret), totp, { now, lastStep: user.totp_last_step });
  const counts = step !== null && (await useTotpStep(pool, { id: user.id, step }));
  return counts ? null : 'totp_invalid';
}

async function recordRefusal(
  pool: Pool,
  user: UserRow,
  { reason, now, requestId, ip }: LogIn & { reason: string },
): Promise<void> {
  const by: Origin = { workspaceId: null, actor: userActor(user), at: now, requestId, ip };
  const object = { kind: 'user', id: user.id };
  await writeAudit(pool, { by, action: 'session.refuse', object, after: { reason } });
}

export function userActor({ id, name, email }: { id: number; name: string; email: string }): Actor {
  return { kind: 'user', id, name: name || email };
}
