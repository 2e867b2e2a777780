import type { Db } from '../../db/index.ts';
import { hashToken, newToken } from '../token.ts';
import { insertSession } from './queries.ts';

const lifeMs = 30 * 24 * 60 * 60 * 1000;

export interface OpenedSession {
  token: string;
  csrfToken: string;
}

export async function openSession(
  db: Db,
  session: { userId: number; now: Date; ip: string; agent: string | undefined },
): Promise<OpenedSession> {
  const token = newToken();
  const csrfToken = newToken();
  await insertSession(db, {
    tokenHash: hashToken(token),
    userId: session.userId,
    csrfToken,
    now: session.now,
    expiresAt: sessionEnd(session.now),
    ip: session.ip,
    agent: session.agent?.slice(0, 300) ?? null,
  });
  return { token, csrfToken };
}

/** A session ends 30 days after it was last used. */
export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + lifeMs);
}
