import { Problem, type Access, type Authenticate, type Caller } from '../http/index.ts';
import type { Pool } from '../db/index.ts';
import type { Keyring } from './keys/keyring.ts';
import { userActor } from './log-in/log-in.ts';
import {
  findSession,
  prolongSession,
  type MembershipRow,
  type SessionUserRow,
} from './log-in/queries.ts';
import { sessionEnd } from './log-in/session.ts';
import { readSessionCookie } from './log-in/session-cookie.ts';
import { isRole, rightsOfRole } from './rights.ts';
import { hashToken } from './token.ts';

const prolongEveryMs = 60_000;

/** Who calls the management API: a management key, else the session of the cookie. */
export function createAuthenticate(pool: Pool, { keyring }: { keyring: Keyring }): Authenticate {
  return async (request, { now }) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) return callerByKey(keyring, authorization, now);
    const token = readSessionCookie(request);
    return token === undefined ? undefined : callerBySession(pool, token, now);
  };
}

async function callerByKey(keyring: Keyring, authorization: string, now: Date): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = token && (await keyring.authenticate({ token, kinds: ['management'], now }));
  if (!key) {
    throw new Problem('invalid_credentials', {
      detail: 'Send a management key that is not revoked as "Authorization: Bearer KEY".',
      headers: { 'www-authenticate': 'Bearer realm="perennial", error="invalid_token"' },
    });
  }
  return {
    actor: { kind: 'key', id: key.id, name: key.name },
    session: null,
    access: [{ workspace: key.workspace, role: null, rights: key.rights }],
  };
}

async function callerBySession(pool: Pool, token: string, now: Date): Promise<Caller | undefined> {
  const tokenHash = hashToken(token);
  const session = await findSession(pool, { tokenHash, now });
  if (!session) return undefined;
  if (now.getTime() - session.seen_at.getTime() >= prolongEveryMs) {
    await prolongSession(pool, { tokenHash, now, expiresAt: sessionEnd(now) });
  }
  return {
    actor: userActor({ ...session, id: session.user_id }),
    session: { tokenHash, csrfToken: session.csrf_token },
    access: accessOf(session),
  };
}

function accessOf({ memberships }: SessionUserRow): Access[] {
  return memberships.flatMap(({ role, ...workspace }: MembershipRow): Access[] =>
    isRole(role)
      ? [
          {
            workspace: {
              id: workspace.id,
              slug: workspace.slug,
              name: workspace.name,
              timeZone: workspace.time_zone,
              currency: workspace.currency,
            },
            role,
            rights: rightsOfRole(role),
          },
        ]
      : [],
  );
}
