import type { Db, Tx } from '../db/index.ts';
import { hashToken, newToken } from './token.ts';

export type LinkPurpose = 'first_login' | 'invitation' | 'password_reset';

const day = 24 * 60 * 60 * 1000;

const lifeMs: Record<LinkPurpose, number> = {
  first_login: 7 * day,
  invitation: 7 * day,
  password_reset: day,
};

/** A new token for the user; earlier ones of any purpose stop working. */
export async function createLink(
  tx: Tx,
  { userId, purpose, now }: { userId: number; purpose: LinkPurpose; now: Date },
): Promise<string> {
  const token = newToken();
  await tx.query(`delete from one_time_links where user_id = $1`, [userId]);
  await tx.query(
    `insert into one_time_links (token_hash, user_id, purpose, expires_at) values ($1, $2, $3, $4)`,
    [hashToken(token), userId, purpose, new Date(now.getTime() + lifeMs[purpose])],
  );
  return token;
}

export interface LinkRow {
  user_id: number;
  email: string;
  name: string;
  purpose: LinkPurpose;
  totp_secret: string | null;
  totp_enabled: boolean;
  totp_last_step: number | null;
}

/**
 * Whose link it is, if it still works. With `lock`, the row is held until the transaction ends,
 * so that two clicks at once are not two uses.
 */
export async function findLink(
  db: Db,
  { token, now, lock = false }: { token: string; now: Date; lock?: boolean },
): Promise<LinkRow | undefined> {
  const { rows } = await db.query<LinkRow>(
    `select l.user_id, u.email, u.name, l.purpose, u.totp_secret,
            u.totp_enabled_at is not null as totp_enabled, u.totp_last_step
     from one_time_links l join users u on u.id = l.user_id
     where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 and u.disabled_at is null
     ${lock ? 'for update of l' : ''}`,
    [hashToken(token), now],
  );
  return rows[0];
}

export async function markLinkUsed(
  tx: Tx,
  { token, now }: { token: string; now: Date },
): Promise<void> {
  await tx.query(`update one_time_links set used_at = $2 where token_hash = $1`, [
    hashToken(token),
    now,
  ]);
}

/** Where a person opens the link. It works once, so that a log on the way has nothing of use. */
export function linkUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/setup?token=${token}`;
}
