import {
  linkTokenSchema,
  logInSchema,
  openSessionSchema,
  pageOf,
  sessionSchema,
  setupInfoSchema,
  setupSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import {
  defineOpenRoute,
  defineSelfRoute,
  notFound,
  nothing,
  Problem,
  type Caller,
  type ManageRoute,
} from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { findLink } from '../one-time-link.ts';
import { hashToken } from '../token.ts';
import { describeSession } from './describe-session.ts';
import { logIn, type LogInOutcome } from './log-in.ts';
import { deleteSessions, listSessions } from './queries.ts';
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts';
import { setUpPassword, type SetUpOutcome } from './set-up-password.ts';

/** Logging in and out, and the places where a user is logged in. */
export function logInRoutes({ box }: { box: SecretBox }): ManageRoute[] {
  return [
    current,
    logInWith(box),
    logOut,
    setupInfo,
    setUpWith(box),
    listOpenSessions,
    endOpenSession,
  ];
}

const current = defineSelfRoute({
  method: 'GET',
  url: '/session',
  summary: 'Who is logged in, and what they may do where',
  response: sessionSchema,
  handler: ({ db, now, caller }) => describeSession(db, { tokenHash: tokenHashOf(caller), now }),
});

function logInWith(box: SecretBox): ManageRoute {
  return defineOpenRoute({
    method: 'POST',
    url: '/session',
    summary: 'Log in',
    description:
      'Sets the session cookie. Answers 401 with the code `totp_required` when the account has a ' +
      'second factor and `totp` is missing.',
    body: logInSchema,
    response: sessionSchema,
    example: { body: { email: 'ada@example.com', password: 'correct horse battery' } },
    handler: async ({ db, now, body, ip, requestId, request, reply }) => {
      const agent = request.headers['user-agent'];
      const outcome = await logIn(db, { ...body, box, now, ip, requestId, agent });
      const token = requireAccepted(outcome);
      setSessionCookie(request, reply, token);
      return describeSession(db, { tokenHash: hashToken(token), now });
    },
  });
}

const logOut = defineSelfRoute({
  method: 'DELETE',
  url: '/session',
  summary: 'Log out',
  response: nothing,
  handler: async ({ db, caller, request, reply }) => {
    await deleteSessions(db, { userId: userIdOf(caller), tokenHash: tokenHashOf(caller) });
    clearSessionCookie(request, reply);
    return undefined;
  },
});

const setupInfo = defineOpenRoute({
  method: 'GET',
  url: '/session/setup',
  summary: 'Whose one-time link this is',
  query: z.object({ token: linkTokenSchema }),
  response: setupInfoSchema,
  handler: async ({ db, now, query }) => {
    const link = await findLink(db, { token: query.token, now });
    if (!link) throw new Problem('link_expired');
    return { ...link, totp_required: link.totp_enabled };
  },
});

function setUpWith(box: SecretBox): ManageRoute {
  return defineOpenRoute({
    method: 'POST',
    url: '/session/setup',
    summary: 'Choose a password with a one-time link, and log in',
    body: setupSchema,
    response: sessionSchema,
    handler: async ({ db, now, body, ip, requestId, request, reply }) => {
      const agent = request.headers['user-agent'];
      const outcome = await setUpPassword(db, { ...body, box, now, ip, requestId, agent });
      const token = requireAccepted(outcome);
      setSessionCookie(request, reply, token);
      return describeSession(db, { tokenHash: hashToken(token), now });
    },
  });
}

const listOpenSessions = defineSelfRoute({
  method: 'GET',
  url: '/me/sessions',
  summary: 'Where you are logged in',
  response: pageOf(openSessionSchema),
  handler: async ({ db, now, caller }) => {
    const rows = await listSessions(db, { userId: userIdOf(caller), now });
    const items = rows.map(({ token_hash: hash, ...row }) => ({
      ...row,
      id: hash.toString('hex'),
      current: hash.equals(tokenHashOf(caller)),
    }));
    return { items, next_cursor: null };
  },
});

const endOpenSession = defineSelfRoute({
  method: 'DELETE',
  url: '/me/sessions/:id',
  summary: 'Log out elsewhere',
  params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/, 'Expected the ID of a session.') }),
  response: nothing,
  handler: async ({ db, caller, params }) => {
    const tokenHash = Buffer.from(params.id, 'hex');
    const ended = await deleteSessions(db, { userId: userIdOf(caller), tokenHash });
    if (ended === 0) throw notFound('session');
    return undefined;
  },
});

/** The token of the session that was opened; a refusal becomes its problem. */
function requireAccepted(outcome: LogInOutcome | SetUpOutcome): string {
  if (outcome.outcome === 'accepted') return outcome.session.token;
  if (outcome.outcome === 'refused') throw new Problem(outcome.reason);
  throw new Problem('too_many_requests', {
    detail: 'Too many failed attempts. Wait a little, then try again.',
    retryAfter: outcome.retryAfterSeconds,
  });
}

export function userIdOf({ actor, session }: Caller): number {
  if (session && actor.id !== null) return actor.id;
  throw new Problem('unauthenticated');
}

export function tokenHashOf({ session }: Caller): Buffer {
  if (session) return session.tokenHash;
  throw new Problem('unauthenticated');
}
