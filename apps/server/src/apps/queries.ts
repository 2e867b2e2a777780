import type { AppPlatform, SIGNING_ALGORITHMS } from '@perennial/contracts';
import type { JWK } from 'jose';
import type { Db, Tx } from '../db/index.ts';

export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

export interface SigningKeyRow {
  id: number;
  kid: string;
  name: string;
  algorithm: SigningAlgorithm;
  created_at: Date;
}

export interface AppRow {
  id: number;
  uuid: string;
  key: string;
  name: string;
  platform: AppPlatform;
  require_verified: boolean;
  created_at: Date;
  archived_at: Date | null;
}

export interface AppWithKeys extends AppRow {
  signing_keys: SigningKeyRow[];
  calls: IdentityCounts;
}

export interface IdentityCounts {
  verified: number;
  unverified: number;
  invalid: number;
}

const APP = 'id, uuid, key, name, platform, require_verified, created_at, archived_at';
const SIGNING_KEY = 'id, kid, name, algorithm, created_at';

/** By name; with their keys and what their calls proved since `since`. Index: apps_key. */
export async function listApps(
  db: Db,
  { workspaceId, id, since }: { workspaceId: number; id?: number | undefined; since: string },
): Promise<AppWithKeys[]> {
  const { rows } = await db.query<AppRow>(
    `select ${APP} from apps
      where workspace_id = $1 and ($2::bigint is null or id = $2)
      order by archived_at is not null, lower(name), id`,
    [workspaceId, id ?? null],
  );
  const ids = rows.map((row) => row.id);
  const keys = Map.groupBy(await findSigningKeys(db, { appIds: ids }), (row) => row.app_id);
  const counts = await countCalls(db, { appIds: ids, since });
  return rows.map((row) => ({
    ...row,
    signing_keys: (keys.get(row.id) ?? []).map(({ app_id: _app, ...key }) => key),
    calls: counts.get(row.id) ?? { verified: 0, unverified: 0, invalid: 0 },
  }));
}

/** Index: app_signing_keys_kid. */
async function findSigningKeys(
  db: Db,
  { appIds }: { appIds: number[] },
): Promise<(SigningKeyRow & { app_id: number })[]> {
  const { rows } = await db.query<SigningKeyRow & { app_id: number }>(
    `select app_id, ${SIGNING_KEY} from app_signing_keys where app_id = any($1) order by id`,
    [appIds],
  );
  return rows;
}

/** Index: app_identity_counts_pkey. */
async function countCalls(
  db: Db,
  { appIds, since }: { appIds: number[]; since: string },
): Promise<Map<number, IdentityCounts>> {
  const { rows } = await db.query<IdentityCounts & { app_id: number }>(
    `select app_id, sum(verified)::bigint as verified, sum(unverified)::bigint as unverified,
            sum(invalid)::bigint as invalid
       from app_identity_counts where app_id = any($1) and day >= $2
      group by app_id`,
    [appIds, since],
  );
  return new Map(rows.map(({ app_id: id, ...counts }) => [id, counts]));
}

export async function insertApp(
  tx: Tx,
  app: {
    workspaceId: number;
    uuid: string;
    key: string;
    name: string;
    platform: AppPlatform;
    now: Date;
  },
): Promise<AppRow | undefined> {
  const { rows } = await tx.query<AppRow>(
    `insert into apps (workspace_id, uuid, key, name, platform, created_at)
     values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint apps_key do nothing
     returning ${APP}`,
    [app.workspaceId, app.uuid, app.key, app.name, app.platform, app.now],
  );
  return rows[0];
}

/** Locks the app until the transaction ends. */
export async function lockApp(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<AppRow | undefined> {
  const { rows } = await tx.query<AppRow>(
    `select ${APP} from apps where id = $1 and workspace_id = $2 for update`,
    [id, workspaceId],
  );
  return rows[0];
}

export async function updateApp(tx: Tx, app: AppRow): Promise<void> {
  await tx.query(
    `update apps set name = $2, platform = $3, require_verified = $4, archived_at = $5 where id = $1`,
    [app.id, app.name, app.platform, app.require_verified, app.archived_at],
  );
}

export async function countSigningKeys(tx: Tx, { appId }: { appId: number }): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    `select count(*)::int as n from app_signing_keys where app_id = $1`,
    [appId],
  );
  return rows[0]?.n ?? 0;
}

/** Undefined when the app has this key already. */
export async function insertSigningKey(
  tx: Tx,
  key: {
    appId: number;
    kid: string;
    name: string;
    algorithm: SigningAlgorithm;
    publicKey: JWK;
    now: Date;
  },
): Promise<SigningKeyRow | undefined> {
  const { rows } = await tx.query<SigningKeyRow>(
    `insert into app_signing_keys (app_id, kid, name, algorithm, public_key, created_at)
     values ($1, $2, $3, $4, $5::jsonb, $6)
         on conflict on constraint app_signing_keys_kid do nothing
     returning ${SIGNING_KEY}`,
    [key.appId, key.kid, key.name, key.algorithm, JSON.stringify(key.publicKey), key.now],
  );
  return rows[0];
}

export async function deleteSigningKey(
  tx: Tx,
  { appId, id }: { appId: number; id: number },
): Promise<SigningKeyRow | undefined> {
  const { rows } = await tx.query<SigningKeyRow>(
    `delete from app_signing_keys where id = $2 and app_id = $1 returning ${SIGNING_KEY}`,
    [appId, id],
  );
  return rows[0];
}

/** Public keys by which an app's tokens are checked. Index: app_signing_keys_kid. */
export async function readPublicKeys(
  db: Db,
  { appId }: { appId: number },
): Promise<{ kid: string; algorithm: SigningAlgorithm; public_key: JWK }[]> {
  const { rows } = await db.query<{ kid: string; algorithm: SigningAlgorithm; public_key: JWK }>({
    name: 'read_public_keys',
    text: `select kid, algorithm, public_key from app_signing_keys where app_id = $1 order by id`,
    values: [appId],
  });
  return rows;
}

export async function addIdentityCounts(
  db: Db,
  { day, counts }: { day: string; counts: ReadonlyMap<number, IdentityCounts> },
): Promise<void> {
  const rows = [...counts].toSorted(([a], [b]) => a - b);
  if (rows.length === 0) return;
  await db.query(
    `insert into app_identity_counts (app_id, day, verified, unverified, invalid)
     select app_id, $2, verified, unverified, invalid
       from unnest($1::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
            as row (app_id, verified, unverified, invalid)
         on conflict on constraint app_identity_counts_pkey do update
        set verified = app_identity_counts.verified + excluded.verified,
            unverified = app_identity_counts.unverified + excluded.unverified,
            invalid = app_identity_counts.invalid + excluded.invalid`,
    [
      rows.map(([id]) => id),
      day,
      rows.map(([, count]) => count.verified),
      rows.map(([, count]) => count.unverified),
      rows.map(([, count]) => count.invalid),
    ],
  );
}

/** The app that keys may be given to. Index: apps_pkey. */
export async function findApp(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<AppRow | undefined> {
  const { rows } = await db.query<AppRow>(
    `select ${APP} from apps where id = $1 and workspace_id = $2`,
    [id, workspaceId],
  );
  return rows[0];
}
