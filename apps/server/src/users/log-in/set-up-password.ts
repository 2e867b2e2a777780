import { writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { findLink, markLinkUsed, type LinkRow } from '../one-time-link.ts';
import { hashPassword } from '../password.ts';
import { updateEmail, updatePassword, useTotpStep } from '../queries.ts';
import { matchTotp } from '../totp.ts';
import { beginAttempt } from './attempt-limit.ts';
import { userActor } from './log-in.ts';
import { deleteSessions } from './queries.ts';
import { openSession, type OpenedSession } from './session.ts';

export interface SetUp {
  token: string;
  password: string;
  name?: string | undefined;
  email?: string | undefined;
  totp?: string | undefined;
  ip: string;
  agent: string | undefined;
  now: Date;
  requestId: string;
}

export type SetUpOutcome =
  | { outcome: 'accepted'; userId: number; session: OpenedSession }
  | { outcome: 'refused'; reason: 'link_expired' | 'totp_required' | 'totp_invalid' }
  | { outcome: 'limited'; retryAfterSeconds: number };

/**
 * Uses a one-time link: sets the password, ends all sessions there were, opens one. A reset does
 * not take the place of the second factor.
 */
export async function setUpPassword(
  pool: Pool,
  { box, ...setUp }: SetUp & { box: SecretBox },
): Promise<SetUpOutcome> {
  const { token, now, name, ip, agent } = setUp;
  const known = await findLink(pool, { token, now });
  if (!known) return { outcome: 'refused', reason: 'link_expired' };
  // Whoever holds the link may not try a million codes.
  const limit = await beginAttempt(pool, { email: known.email, ip, now });
  if (!limit.allowed) {
    return { outcome: 'limited', retryAfterSeconds: limit.retryAfterSeconds };
  }
  const passwordHash = await hashPassword(setUp.password);
  const outcome = await inTransaction(pool, async (tx): Promise<SetUpOutcome> => {
    const link = await findLink(tx, { token, now, lock: true });
    if (!link) return { outcome: 'refused', reason: 'link_expired' };
    const step = totpStep(link, setUp, box);
    if (typeof step === 'string') return { outcome: 'refused', reason: step };
    const userId = link.user_id;
    if (step !== null) await useTotpStep(tx, { id: userId, step });
    await markLinkUsed(tx, { token, now });
    await updatePassword(tx, { id: userId, passwordHash, name });
    await changeEmail(tx, link, setUp.email);
    await deleteSessions(tx, { userId });
    await writeAudit(tx, {
      by: originOf(link, setUp),
      action: 'user.set_password',
      object: { kind: 'user', id: userId },
      after: { purpose: link.purpose },
    });
    return {
      outcome: 'accepted',
      userId,
      session: await openSession(tx, { userId, now, ip, agent }),
    };
  });
  if (outcome.outcome === 'accepted') await limit.succeed();
  return outcome;
}

/** The first admin is made before anybody says who that is; others are known by their address. */
async function changeEmail(tx: Tx, link: LinkRow, email: string | undefined): Promise<void> {
  if (email === undefined || email === link.email) return;
  if (link.purpose !== 'first_login') {
    throw new Problem('unprocessable', { detail: 'Only the first log-in chooses the address.' });
  }
  if (!(await updateEmail(tx, { id: link.user_id, email }))) {
    throw new Problem('already_exists', { detail: `${email} has an account already.` });
  }
}

/** The step that the code used, null where none is needed, or why it is refused. */
function totpStep(
  { totp_enabled, totp_secret, totp_last_step }: LinkRow,
  { totp, now }: SetUp,
  box: SecretBox,
): number | null | 'totp_required' | 'totp_invalid' {
  if (!totp_enabled || totp_secret === null) return null;
  if (totp === undefined) return 'totp_required';
  return (
    matchTotp(box.open(totp_secret), totp, { now, lastStep: totp_last_step }) ?? 'totp_invalid'
  );
}

function originOf(link: LinkRow, { now, requestId, ip }: SetUp): Origin {
  const actor = userActor({ id: link.user_id, name: link.name, email: link.email });
  return { workspaceId: null, actor, at: now, requestId, ip };
}
