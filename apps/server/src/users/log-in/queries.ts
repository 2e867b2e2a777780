import type { Db } from '../../db/index.ts';

/** Counts one more attempt, before it is made, so that a hundred at once are a hundred. */
export async function countAttempt(
  db: Db,
  { subject, windowStart }: { subject: string; windowStart: Date },
): Promise<number> {
  const { rows } = await db.query<{ failures: number }>(
    `insert into login_attempts as known (subject, window_start, failures) values ($1, $2, 1)
     on conflict (subject, window_start) do update set failures = known.failures + 1
     returning failures`,
    [subject, windowStart],
  );
  return rows[0]?.failures ?? 1;
}

export async function uncountAttempt(
  db: Db,
  { subject, windowStart }: { subject: string; windowStart: Date },
): Promise<void> {
  await db.query(
    `update login_attempts set failures = greatest(failures - 1, 0)
     where subject = $1 and window_start = $2`,
    [subject, windowStart],
  );
}

export async function clearAttempts(db: Db, { subject }: { subject: string }): Promise<void> {
  await db.query(`delete from login_attempts where subject = $1`, [subject]);
}

export async function insertSession(
  db: Db,
  session: {
    tokenHash: Buffer;
    userId: number;
    csrfToken: string;
    now: Date;
    expiresAt: Date;
    ip: string | null;
    agent: string | null;
  },
): Promise<void> {
  await db.query(
    `insert into sessions (token_hash, user_id, csrf_token, created_at, seen_at, expires_at, ip, agent)
     values ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [
      session.tokenHash,
      session.userId,
      session.csrfToken,
      session.now,
      session.expiresAt,
      session.ip,
      session.agent,
    ],
  );
}

export interface SessionUserRow {
  user_id: number;
  email: string;
  name: string;
  csrf_token: string;
  seen_at: Date;
  memberships: MembershipRow[];
}

export interface MembershipRow {
  id: number;
  slug: string;
  name: string;
  time_zone: string;
  currency: string;
  sample: boolean;
  /** As stored: perhaps by a release with other roles. */
  role: string;
}

/** Who is behind a cookie, with their workspaces. Indexes: sessions_pkey, user_roles_pkey. */
export async function findSession(
  db: Db,
  { tokenHash, now }: { tokenHash: Buffer; now: Date },
): Promise<SessionUserRow | undefined> {
  const { rows } = await db.query<SessionUserRow>({
    name: 'find-session',
    text: `select s.user_id, u.email, u.name, s.csrf_token, s.seen_at,
                  coalesce((select jsonb_agg(jsonb_build_object(
                       'id', w.id, 'slug', w.slug, 'name', w.name, 'time_zone', w.time_zone,
                       'currency', w.currency, 'sample', w.sample, 'role', r.role) order by w.id)
                     from user_roles r join workspaces w on w.id = r.workspace_id
                     where r.user_id = u.id), '[]') as memberships
           from sessions s join users u on u.id = s.user_id
           where s.token_hash = $1 and s.expires_at > $2 and u.disabled_at is null`,
    values: [tokenHash, now],
  });
  return rows[0];
}

export async function prolongSession(
  db: Db,
  { tokenHash, now, expiresAt }: { tokenHash: Buffer; now: Date; expiresAt: Date },
): Promise<void> {
  await db.query(`update sessions set seen_at = $2, expires_at = $3 where token_hash = $1`, [
    tokenHash,
    now,
    expiresAt,
  ]);
}

export interface SessionRow {
  token_hash: Buffer;
  agent: string | null;
  ip: string | null;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
}

/** Index: sessions_of_user. */
export async function listSessions(
  db: Db,
  { userId, now }: { userId: number; now: Date },
): Promise<SessionRow[]> {
  const { rows } = await db.query<SessionRow>(
    `select token_hash, agent, ip, created_at, seen_at, expires_at
     from sessions where user_id = $1 and expires_at > $2 order by seen_at desc`,
    [userId, now],
  );
  return rows;
}

/** Ends one session of the user, or all but one. Returns how many ended. */
export async function deleteSessions(
  db: Db,
  filter: { userId: number; tokenHash?: Buffer; except?: Buffer | null },
): Promise<number> {
  const { rowCount } = await db.query(
    `delete from sessions
     where user_id = $1 and ($2::bytea is null or token_hash = $2)
       and ($3::bytea is null or token_hash <> $3)`,
    [filter.userId, filter.tokenHash ?? null, filter.except ?? null],
  );
  return rowCount ?? 0;
}

/** What has run out: sessions, links, windows of attempts. */
export async function forgetExpired(db: Db, { now }: { now: Date }): Promise<void> {
  const yesterday = new Date(now.getTime() - 24 * 60 * 60 * 1000);
  await db.query(`delete from sessions where expires_at < $1`, [now]);
  await db.query(`delete from one_time_links where expires_at < $1`, [yesterday]);
  await db.query(`delete from login_attempts where window_start < $1`, [yesterday]);
}
