import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { lockUser, updateTotp } from '../queries.ts';
import { matchTotp, newTotpSecret, totpUri } from '../totp.ts';

interface Enrolment {
  secret: string;
  uri: string;
}

/** Makes a secret; it counts from the first code that proves the app has it. */
export async function enrolTotp(
  tx: Tx,
  { userId, box }: { userId: number; box: SecretBox },
): Promise<Enrolment> {
  const user = await lockUser(tx, { id: userId });
  if (!user) throw new Problem('unauthenticated');
  if (user.totp_enabled) {
    throw new Problem('conflict', { detail: 'Remove the second factor you have first.' });
  }
  const secret = newTotpSecret();
  await updateTotp(tx, {
    id: userId,
    sealedSecret: box.seal(secret),
    enabledAt: null,
    lastStep: null,
  });
  return { secret, uri: totpUri(secret, user) };
}

export async function confirmTotp(
  tx: Tx,
  { userId, code, box, by }: { userId: number; code: string; box: SecretBox; by: Origin },
): Promise<void> {
  const user = await lockUser(tx, { id: userId });
  if (!user) throw new Problem('unauthenticated');
  if (user.totp_enabled || user.totp_secret === null) {
    throw new Problem('conflict', {
      detail: 'There is no second factor waiting for its first code.',
    });
  }
  const step = matchTotp(box.open(user.totp_secret), code, { now: by.at, lastStep: null });
  if (step === null) {
    throw new Problem('unprocessable', {
      detail: 'This is not the code of this moment. Check the clock of your device.',
      errors: [{ in: 'body', path: '/code', message: 'Not the code of this moment.' }],
    });
  }
  await updateTotp(tx, {
    id: userId,
    sealedSecret: user.totp_secret,
    enabledAt: by.at,
    lastStep: step,
  });
  await writeAudit(tx, { by, action: 'user.enable_totp', object: { kind: 'user', id: userId } });
}

export async function removeTotp(
  tx: Tx,
  { userId, by }: { userId: number; by: Origin },
): Promise<void> {
  await updateTotp(tx, { id: userId, sealedSecret: null, enabledAt: null, lastStep: null });
  await writeAudit(tx, { by, action: 'user.disable_totp', object: { kind: 'user', id: userId } });
}
