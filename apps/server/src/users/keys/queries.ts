import type { KeyKind, Right } from '@perennial/contracts';
import type { Db, Tx } from '../../db/index.ts';

export interface KeyRow {
  id: number;
  kind: KeyKind;
  name: string;
  shown: string;
  rights: Right[];
  app: number | null;
  created_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
}

const columns = 'id, kind, name, shown, rights, app_id as app, created_at, used_at, revoked_at';

export async function insertKey(
  tx: Tx,
  key: {
    workspaceId: number;
    kind: KeyKind;
    name: string;
    tokenHash: Buffer;
    shown: string;
    rights: Right[];
    appId: number | null;
    createdBy: number | null;
    now: Date;
  },
): Promise<KeyRow> {
  const { rows } = await tx.query<KeyRow>(
    `insert into keys (workspace_id, kind, name, token_hash, shown, rights, app_id, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     returning ${columns}`,
    [
      key.workspaceId,
      key.kind,
      key.name,
      key.tokenHash,
      key.shown,
      key.rights,
      key.appId,
      key.createdBy,
      key.now,
    ],
  );
  return rows[0] as KeyRow;
}

/** Newest first. Index: keys_of_workspace. */
export async function listKeys(
  db: Db,
  filter: { workspaceId: number; before?: number | undefined; limit: number },
): Promise<KeyRow[]> {
  const { rows } = await db.query<KeyRow>(
    `select ${columns} from keys
     where workspace_id = $1 and ($2::bigint is null or id < $2)
     order by id desc limit $3`,
    [filter.workspaceId, filter.before ?? null, filter.limit],
  );
  return rows;
}

/** Undefined when there is no such key here; revoking twice keeps the first date. */
export async function revokeKeyRow(
  tx: Tx,
  { workspaceId, id, now }: { workspaceId: number; id: number; now: Date },
): Promise<KeyRow | undefined> {
  const { rows } = await tx.query<KeyRow>(
    `update keys set revoked_at = coalesce(revoked_at, $3)
     where id = $1 and workspace_id = $2 returning ${columns}`,
    [id, workspaceId, now],
  );
  return rows[0];
}

/** Locks the key until the transaction ends. Index: keys_pkey. */
export async function lockKey(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<KeyRow | undefined> {
  const { rows } = await tx.query<KeyRow>(
    `select ${columns} from keys where id = $1 and workspace_id = $2 for update`,
    [id, workspaceId],
  );
  return rows[0];
}

export async function updateKey(
  tx: Tx,
  { id, name, app }: Pick<KeyRow, 'id' | 'name' | 'app'>,
): Promise<void> {
  await tx.query(`update keys set name = $2, app_id = $3 where id = $1`, [id, name, app]);
}

export interface KeyOwnerRow {
  id: number;
  kind: KeyKind;
  name: string;
  shown: string;
  rights: Right[];
  used_at: Date | null;
  app_id: number | null;
  app_key: string | null;
  require_verified: boolean | null;
  workspace_id: number;
  slug: string;
  workspace_name: string;
  time_zone: string;
  currency: string;
}

/** Index: keys_token. */
export async function findKeyByHash(
  db: Db,
  { tokenHash }: { tokenHash: Buffer },
): Promise<KeyOwnerRow | undefined> {
  const { rows } = await db.query<KeyOwnerRow>({
    name: 'find-key',
    text: `select k.id, k.kind, k.name, k.shown, k.rights, k.used_at,
                  a.id as app_id, a.key as app_key, a.require_verified,
                  w.id as workspace_id, w.slug, w.name as workspace_name, w.time_zone, w.currency
           from keys k join workspaces w on w.id = k.workspace_id
                left join apps a on a.id = k.app_id
           where k.token_hash = $1 and k.revoked_at is null`,
    values: [tokenHash],
  });
  return rows[0];
}

export async function touchKey(
  db: Db,
  { id, now, before }: { id: number; now: Date; before: Date },
): Promise<void> {
  await db.query(
    `update keys set used_at = $2 where id = $1 and (used_at is null or used_at < $3)`,
    [id, now, before],
  );
}
