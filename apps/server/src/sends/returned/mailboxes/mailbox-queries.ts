import type { Db, Tx } from '../../../db/index.ts';
import type { TakenMail } from '../take-returned-mail.ts';

export type MailboxCondition = 'new' | 'well' | 'refused' | 'failing';
export type Afterwards = 'seen' | 'move' | 'delete';

export type MailboxLogin =
  { kind: 'password' } | { kind: 'oauth'; token_url?: string; client_id?: string; scope?: string };

export interface MailboxRow {
  id: number;
  workspace_id: number;
  name: string;
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  accept_any_certificate: boolean;
  user_name: string;
  login: MailboxLogin;
  /** Sealed. */
  secrets: string;
  folder: string;
  afterwards: Afterwards;
  move_to: string | null;
  enabled: boolean;
  uid_validity: number | null;
  last_uid: number;
  told: number;
  nothing: number;
  unknown: number;
  gone: number;
  last_mail_at: Date | null;
  looked_at: Date | null;
  condition: MailboxCondition;
  problem: string | null;
  failures: number;
  next_at: Date;
  held_by: number | null;
  held_until: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** What people set. */
export type MailboxSettings = Pick<
  MailboxRow,
  | 'name'
  | 'host'
  | 'port'
  | 'security'
  | 'accept_any_certificate'
  | 'user_name'
  | 'login'
  | 'secrets'
  | 'folder'
  | 'afterwards'
  | 'move_to'
  | 'enabled'
>;

const COLUMNS = `id, workspace_id, name, host, port, security, accept_any_certificate, user_name, login, secrets,
  folder, afterwards, move_to, enabled, uid_validity, last_uid, told, nothing, unknown, gone, last_mail_at,
  looked_at, condition, problem, failures, next_at, held_by, held_until, created_at, updated_at`;

export async function listMailboxes(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<MailboxRow[]> {
  const { rows } = await db.query<MailboxRow>(
    `select ${COLUMNS} from mailboxes where workspace_id = $1 order by name, id`,
    [workspaceId],
  );
  return rows;
}

export async function findMailbox(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<MailboxRow | undefined> {
  const { rows } = await db.query<MailboxRow>(
    `select ${COLUMNS} from mailboxes where workspace_id = $1 and id = $2 ${lock ? 'for update' : ''}`,
    [workspaceId, id],
  );
  return rows[0];
}

function valuesOf(settings: MailboxSettings): unknown[] {
  return [
    settings.name,
    settings.host,
    settings.port,
    settings.security,
    settings.accept_any_certificate,
    settings.user_name,
    JSON.stringify(settings.login),
    settings.secrets,
    settings.folder,
    settings.afterwards,
    settings.move_to,
    settings.enabled,
  ];
}

export async function insertMailbox(
  tx: Tx,
  { workspaceId, settings, now }: { workspaceId: number; settings: MailboxSettings; now: Date },
): Promise<MailboxRow> {
  const { rows } = await tx.query<MailboxRow>(
    `insert into mailboxes (name, host, port, security, accept_any_certificate, user_name, login, secrets, folder,
                            afterwards, move_to, enabled, workspace_id, next_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $14)
     returning ${COLUMNS}`,
    [...valuesOf(settings), workspaceId, now],
  );
  return rows[0]!;
}

/** A change is tried at once; another folder is read from its beginning. */
export async function updateMailbox(
  tx: Tx,
  {
    id,
    settings,
    fromStart,
    now,
  }: { id: number; settings: MailboxSettings; fromStart: boolean; now: Date },
): Promise<MailboxRow> {
  const { rows } = await tx.query<MailboxRow>(
    `update mailboxes
        set name = $1, host = $2, port = $3, security = $4, accept_any_certificate = $5, user_name = $6, login = $7,
            secrets = $8, folder = $9, afterwards = $10, move_to = $11, enabled = $12,
            uid_validity = case when $14 then null else uid_validity end,
            last_uid = case when $14 then 0 else last_uid end,
            condition = 'new', problem = null, failures = 0, next_at = $15, held_by = null, held_until = null,
            updated_at = greatest($15, updated_at + interval '1 millisecond')
      where id = $13
      returning ${COLUMNS}`,
    [...valuesOf(settings), id, fromStart, now],
  );
  return rows[0]!;
}

export async function deleteMailbox(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from mailboxes where id = $1`, [id]);
}

/** What one process holds, so that no other looks into the same mailbox. */
export interface Lease {
  id: number;
  processId: number;
  /** `updated_at` of the mailbox: a change of its settings ends the lease. */
  asOf: Date;
}

/** Takes mailboxes that nobody looks into and whose server is not left alone now. */
export async function claimMailboxes(
  db: Db,
  { processId, most, until, now }: { processId: number; most: number; until: Date; now: Date },
): Promise<MailboxRow[]> {
  const { rows } = await db.query<MailboxRow>(
    `update mailboxes
        set held_by = $1, held_until = $3
      where id in (select id from mailboxes
                    where enabled and next_at <= $4 and (held_until is null or held_until <= $4)
                    order by next_at limit $2 for update skip locked)
      returning ${COLUMNS}`,
    [processId, most, until, now],
  );
  return rows;
}

/** Of what a process looks into, what it still holds: by mailbox, as of which settings. */
export async function listHeld(
  db: Db,
  { processId }: { processId: number },
): Promise<Map<number, Date>> {
  const { rows } = await db.query<{ id: number; updated_at: Date }>(
    `select id, updated_at from mailboxes where held_by = $1 and enabled`,
    [processId],
  );
  return new Map(rows.map(({ id, updated_at }) => [id, updated_at]));
}

/** False: the mailbox was changed, switched off or removed, or somebody else looks into it. */
export async function renewLease(
  db: Db,
  { lease, until, now }: { lease: Lease; until: Date; now: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update mailboxes
        set held_until = $4, condition = 'well', problem = null, failures = 0, looked_at = $5
      where id = $1 and held_by = $2 and updated_at = $3 and enabled`,
    [lease.id, lease.processId, lease.asOf, until, now],
  );
  return rowCount === 1;
}

/** Gives a mailbox back; `trouble`: what keeps it from being read, and until when. */
export async function releaseMailbox(
  db: Db,
  {
    lease,
    trouble,
    now,
  }: {
    lease: Lease;
    trouble?: { condition: MailboxCondition; problem: string; failures: number; nextAt: Date };
    now: Date;
  },
): Promise<void> {
  await db.query(
    `update mailboxes
        set held_by = null, held_until = null,
            condition = coalesce($4, condition), problem = case when $4::text is null then problem else $5 end,
            failures = coalesce($6, failures), next_at = coalesce($7, next_at),
            looked_at = case when $4::text is null then looked_at else $8 end
      where id = $1 and held_by = $2 and updated_at = $3`,
    [
      lease.id,
      lease.processId,
      lease.asOf,
      trouble?.condition ?? null,
      trouble?.problem ?? null,
      trouble?.failures ?? null,
      trouble?.nextAt ?? null,
      now,
    ],
  );
}

/** How far the folder is read; another UIDVALIDITY (RFC 3501 §2.3.1.1) makes all its UIDs new ones. */
export async function beginFolder(
  db: Db,
  { lease, uidValidity }: { lease: Lease; uidValidity: number },
): Promise<number | undefined> {
  const { rows } = await db.query<{ last_uid: number }>(
    `update mailboxes
        set last_uid = case when uid_validity = $4 then last_uid else 0 end, uid_validity = $4
      where id = $1 and held_by = $2 and updated_at = $3
      returning last_uid`,
    [lease.id, lease.processId, lease.asOf, uidValidity],
  );
  return rows[0]?.last_uid;
}

/**
 * Notes, in the transaction of what a mail said, that it was read. False: somebody else did, or holds
 * the mailbox now; then nothing of it may be committed.
 */
export async function noteMail(
  tx: Tx,
  {
    lease,
    uidValidity,
    uid,
    taken,
    now,
  }: { lease: Lease; uidValidity: number; uid: number; taken: TakenMail; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update mailboxes
        set last_uid = $5, last_mail_at = $7,
            told = told + ($6 = 'told')::integer, nothing = nothing + ($6 = 'nothing')::integer,
            unknown = unknown + ($6 = 'unknown')::integer, gone = gone + ($6 = 'gone')::integer
      where id = $1 and held_by = $2 and updated_at = $3 and uid_validity = $4 and last_uid < $5`,
    [lease.id, lease.processId, lease.asOf, uidValidity, uid, taken, now],
  );
  if (rowCount !== 1) return false;
  // What people wrote, and what is not about a message of ours, stays as it is.
  if (taken === 'told' || taken === 'gone') {
    await tx.query(
      `insert into mailbox_mails (mailbox_id, uid_validity, uid) values ($1, $2, $3)`,
      [lease.id, uidValidity, uid],
    );
  }
  return true;
}

/** Mail that was read and is yet to be put away; that of a former UIDVALIDITY cannot be found again. */
export async function listUntidied(
  db: Db,
  { id, uidValidity, most }: { id: number; uidValidity: number; most: number },
): Promise<number[]> {
  await db.query(`delete from mailbox_mails where mailbox_id = $1 and uid_validity <> $2`, [
    id,
    uidValidity,
  ]);
  const { rows } = await db.query<{ uid: number }>(
    `select uid from mailbox_mails where mailbox_id = $1 and uid_validity = $2 order by uid limit $3`,
    [id, uidValidity, most],
  );
  return rows.map(({ uid }) => uid);
}

export async function forgetTidied(
  db: Db,
  { id, uidValidity, uids }: { id: number; uidValidity: number; uids: readonly number[] },
): Promise<void> {
  await db.query(
    `delete from mailbox_mails where mailbox_id = $1 and uid_validity = $2 and uid = any($3::bigint[])`,
    [id, uidValidity, uids],
  );
}
