import type { Db, Tx } from '../../../db/index.ts';

/** A named secret without its value. */
export interface FetchSecretRow {
  id: number;
  name: string;
  origin: string;
  header: string;
  created_at: Date;
  changed_at: Date;
}

interface Named {
  workspaceId: number;
  id: number;
}

const COLUMNS = 'id, name, origin, header, created_at, changed_at';

/** By name. Index: fetch_secrets_name. */
export async function listSecrets(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<FetchSecretRow[]> {
  const { rows } = await db.query<FetchSecretRow>(
    `select ${COLUMNS} from fetch_secrets where workspace_id = $1 order by name`,
    [workspaceId],
  );
  return rows;
}

/** Keeps others from changing it until the transaction ends. Index: fetch_secrets_pkey. */
export async function lockSecret(
  tx: Tx,
  { workspaceId, id }: Named,
): Promise<FetchSecretRow | undefined> {
  const { rows } = await tx.query<FetchSecretRow>(
    `select ${COLUMNS} from fetch_secrets where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Undefined if the name is taken. */
export async function insertSecret(
  tx: Tx,
  secret: {
    workspaceId: number;
    name: string;
    origin: string;
    header: string;
    sealed: string;
    now: Date;
  },
): Promise<FetchSecretRow | undefined> {
  const { rows } = await tx.query<FetchSecretRow>(
    `insert into fetch_secrets (workspace_id, name, origin, header, sealed, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $6)
     on conflict on constraint fetch_secrets_name do nothing
     returning ${COLUMNS}`,
    [secret.workspaceId, secret.name, secret.origin, secret.header, secret.sealed, secret.now],
  );
  return rows[0];
}

/** `sealed`: null leaves the value as it is. Index: fetch_secrets_pkey. */
export async function updateSecret(
  tx: Tx,
  secret: { id: number; origin: string; header: string; sealed: string | null; now: Date },
): Promise<FetchSecretRow> {
  const { rows } = await tx.query<FetchSecretRow>(
    `update fetch_secrets
        set origin = $2, header = $3, sealed = coalesce($4, sealed),
            changed_at = case when $4::text is null then changed_at else $5 end
      where id = $1
      returning ${COLUMNS}`,
    [secret.id, secret.origin, secret.header, secret.sealed, secret.now],
  );
  return rows[0]!;
}

export async function deleteSecret(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query('delete from fetch_secrets where id = $1', [id]);
}

/** Index: fetch_secrets_name. */
export async function findSealed(
  db: Db,
  { workspaceId, name }: { workspaceId: number; name: string },
): Promise<{ origin: string; header: string; sealed: string } | undefined> {
  const { rows } = await db.query<{ origin: string; header: string; sealed: string }>({
    name: 'find_fetch_secret',
    text: 'select origin, header, sealed from fetch_secrets where workspace_id = $1 and name = $2',
    values: [workspaceId, name],
  });
  return rows[0];
}
