import type { Role } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';

export interface UserRow {
  id: number;
  email: string;
  name: string;
  password_hash: string | null;
  totp_secret: string | null;
  totp_enabled: boolean;
  totp_last_step: number | null;
  locale: string;
  time_zone: string | null;
  preferences: Record<string, never>;
  created_at: Date;
  disabled_at: Date | null;
}

const columns = `id, email, name, password_hash, totp_secret, totp_enabled_at is not null as totp_enabled,
  totp_last_step, locale, time_zone, preferences, created_at, disabled_at`;

/** Index: users_email. */
export async function findUserByEmail(
  db: Db,
  { email }: { email: string },
): Promise<UserRow | undefined> {
  const { rows } = await db.query<UserRow>(`select ${columns} from users where email = $1`, [
    email,
  ]);
  return rows[0];
}

export async function findUser(db: Db, { id }: { id: number }): Promise<UserRow | undefined> {
  const { rows } = await db.query<UserRow>(`select ${columns} from users where id = $1`, [id]);
  return rows[0];
}

export async function lockUser(tx: Tx, { id }: { id: number }): Promise<UserRow | undefined> {
  const { rows } = await tx.query<UserRow>(
    `select ${columns} from users where id = $1 for update`,
    [id],
  );
  return rows[0];
}

/** Undefined when the address is taken. */
export async function insertUser(
  tx: Tx,
  user: { email: string; name: string; passwordHash: string | null; now: Date },
): Promise<UserRow | undefined> {
  const { rows } = await tx.query<UserRow>(
    `insert into users (email, name, password_hash, created_at) values ($1, $2, $3, $4)
     on conflict (email) do nothing
     returning ${columns}`,
    [user.email, user.name, user.passwordHash, user.now],
  );
  return rows[0];
}

export async function updateProfile(
  tx: Tx,
  user: Pick<UserRow, 'id' | 'name' | 'locale' | 'time_zone' | 'preferences'>,
): Promise<void> {
  await tx.query(
    `update users set name = $2, locale = $3, time_zone = $4, preferences = $5::jsonb where id = $1`,
    [user.id, user.name, user.locale, user.time_zone, JSON.stringify(user.preferences)],
  );
}

export async function updatePassword(
  tx: Tx,
  { id, passwordHash, name }: { id: number; passwordHash: string; name?: string | undefined },
): Promise<void> {
  await tx.query(`update users set password_hash = $2, name = coalesce($3, name) where id = $1`, [
    id,
    passwordHash,
    name ?? null,
  ]);
}

/** False when another account has the address. */
export async function updateEmail(
  tx: Tx,
  { id, email }: { id: number; email: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update users set email = $2
     where id = $1 and not exists (select from users where email = $2)`,
    [id, email],
  );
  return rowCount === 1;
}

export async function updateTotp(
  tx: Tx,
  totp: {
    id: number;
    sealedSecret: string | null;
    enabledAt: Date | null;
    lastStep: number | null;
  },
): Promise<void> {
  await tx.query(
    `update users set totp_secret = $2, totp_enabled_at = $3, totp_last_step = $4 where id = $1`,
    [totp.id, totp.sealedSecret, totp.enabledAt, totp.lastStep],
  );
}

/** False when that step, or a later one, was used meanwhile. */
export async function useTotpStep(
  db: Db,
  { id, step }: { id: number; step: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update users set totp_last_step = $2
     where id = $1 and (totp_last_step is null or totp_last_step < $2)`,
    [id, step],
  );
  return rowCount === 1;
}

export async function updateDisabled(
  tx: Tx,
  { id, disabledAt }: { id: number; disabledAt: Date | null },
): Promise<void> {
  await tx.query(`update users set disabled_at = $2 where id = $1`, [id, disabledAt]);
}

export interface RoleRow {
  user_id: number;
  workspace_id: number;
  role: string;
}

export async function listRoles(db: Db, { userId }: { userId: number }): Promise<RoleRow[]> {
  const { rows } = await db.query<RoleRow>(
    `select user_id, workspace_id, role from user_roles where user_id = $1`,
    [userId],
  );
  return rows;
}

export async function setRole(
  tx: Tx,
  { userId, workspaceId, role }: { userId: number; workspaceId: number; role: Role },
): Promise<void> {
  await tx.query(
    `insert into user_roles (user_id, workspace_id, role) values ($1, $2, $3)
     on conflict (user_id, workspace_id) do update set role = excluded.role`,
    [userId, workspaceId, role],
  );
}

export async function deleteRole(
  tx: Tx,
  { userId, workspaceId }: { userId: number; workspaceId: number },
): Promise<void> {
  await tx.query(`delete from user_roles where user_id = $1 and workspace_id = $2`, [
    userId,
    workspaceId,
  ]);
}

/** Users who can log in and are admin here; the workspace's row must be locked. */
export async function countAdmins(
  tx: Tx,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await tx.query<{ admins: number }>(
    `select count(*)::int as admins
     from user_roles r join users u on u.id = r.user_id
     where r.workspace_id = $1 and r.role = 'admin' and u.disabled_at is null`,
    [workspaceId],
  );
  return rows[0]?.admins ?? 0;
}

/** Users who are admin of every workspace but this one: who runs the installation. */
export async function listAdminsOfAll(tx: Tx, { except }: { except: number }): Promise<number[]> {
  const { rows } = await tx.query<{ user_id: number }>(
    `with others as (select id from workspaces where id <> $1)
     select r.user_id from user_roles r join others o on o.id = r.workspace_id
     where r.role = 'admin'
     group by r.user_id
     having count(*) = (select count(*) from others)`,
    [except],
  );
  return rows.map((row) => row.user_id);
}

export interface MemberRow {
  id: number;
  email: string;
  name: string;
  role: Role;
  state: 'active' | 'invited' | 'disabled';
  totp_enabled: boolean;
  created_at: Date;
  last_seen_at: Date | null;
}

/** In order of ID. Roles are few in a workspace; a table scan of user_roles is bounded by users. */
export async function listMembers(
  db: Db,
  filter: {
    workspaceId: number;
    after?: number | undefined;
    id?: number | undefined;
    limit: number;
  },
): Promise<MemberRow[]> {
  const { rows } = await db.query<MemberRow>(
    `select u.id, u.email, u.name, r.role,
            case when u.disabled_at is not null then 'disabled'
                 when u.password_hash is null then 'invited' else 'active' end as state,
            u.totp_enabled_at is not null as totp_enabled, u.created_at,
            (select max(s.seen_at) from sessions s where s.user_id = u.id) as last_seen_at
     from user_roles r join users u on u.id = r.user_id
     where r.workspace_id = $1
       and ($2::bigint is null or u.id > $2)
       and ($3::bigint is null or u.id = $3)
     order by u.id
     limit $4`,
    [filter.workspaceId, filter.after ?? null, filter.id ?? null, filter.limit],
  );
  return rows;
}
