import {
  meChangeSchema,
  meSchema,
  passwordChangeSchema,
  totpConfirmationSchema,
  totpEnrolmentSchema,
  totpRemovalSchema,
} from '@perennial/contracts';
import { inTransaction, type Pool } from '../../db/index.ts';
import { defineSelfRoute, nothing, Problem, type ManageRoute } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { tokenHashOf, userIdOf } from '../log-in/routes.ts';
import { changePassword, checkOwnPassword } from './change-password.ts';
import { changeProfile } from './change-profile.ts';
import { confirmTotp, enrolTotp, removeTotp } from './second-factor.ts';

/** A user's own account. */
export function meRoutes({ box }: { box: SecretBox }): ManageRoute[] {
  return [change, setPassword, enrolWith(box), confirmWith(box), remove];
}

const change = defineSelfRoute({
  method: 'PATCH',
  url: '/me',
  summary: 'Change your name, language, time zone or preferences',
  body: meChangeSchema,
  response: meSchema,
  example: { body: { time_zone: 'Europe/Kyiv' } },
  handler: ({ db, caller, body }) =>
    inTransaction(db, (tx) => changeProfile(tx, { userId: userIdOf(caller), change: body })),
});

const setPassword = defineSelfRoute({
  method: 'PUT',
  url: '/me/password',
  summary: 'Change your password; ends your other sessions',
  body: passwordChangeSchema,
  response: nothing,
  handler: async ({ db, now, ip, caller, by, body }) => {
    const userId = userIdOf(caller);
    await requirePassword(db, { userId, password: body.current, ip, now, path: '/current' });
    await changePassword(db, { userId, next: body.next, keep: tokenHashOf(caller), by });
    return undefined;
  },
});

function enrolWith(box: SecretBox): ManageRoute {
  return defineSelfRoute({
    method: 'POST',
    url: '/me/totp',
    summary: 'Begin to use an authenticator app',
    response: totpEnrolmentSchema,
    handler: ({ db, caller }) =>
      inTransaction(db, (tx) => enrolTotp(tx, { userId: userIdOf(caller), box })),
  });
}

function confirmWith(box: SecretBox): ManageRoute {
  return defineSelfRoute({
    method: 'POST',
    url: '/me/totp/confirm',
    summary: 'Turn the second factor on with its first code',
    body: totpConfirmationSchema,
    response: nothing,
    handler: async ({ db, by, caller, body }) => {
      const userId = userIdOf(caller);
      await inTransaction(db, (tx) => confirmTotp(tx, { userId, code: body.code, box, by }));
      return undefined;
    },
  });
}

const remove = defineSelfRoute({
  method: 'POST',
  url: '/me/totp/remove',
  summary: 'Turn the second factor off',
  body: totpRemovalSchema,
  response: nothing,
  handler: async ({ db, now, ip, by, caller, body }) => {
    const userId = userIdOf(caller);
    await requirePassword(db, { userId, password: body.password, ip, now, path: '/password' });
    await inTransaction(db, (tx) => removeTotp(tx, { userId, by }));
    return undefined;
  },
});

async function requirePassword(
  db: Pool,
  { path, ...check }: { userId: number; password: string; ip: string; now: Date; path: string },
): Promise<void> {
  const result = await checkOwnPassword(db, check);
  if (result.outcome === 'right') return;
  if (result.outcome === 'limited') {
    throw new Problem('too_many_requests', { retryAfter: result.retryAfterSeconds });
  }
  const message = 'This is not your password.';
  throw new Problem('unprocessable', { detail: message, errors: [{ in: 'body', path, message }] });
}
