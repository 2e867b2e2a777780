import type { Db, Tx } from '../db/index.ts';

/** A pool of codes with what became of them. */
export interface PoolRow {
  id: number;
  name: string;
  type: string | null;
  discount: number | null;
  expires_at: Date | null;
  warn_below: number | null;
  warned_at: Date | null;
  archived_at: Date | null;
  added: number;
  used: number;
  expired: number;
  left: number;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `p.id, p.name, p.type, p.discount::float8 as discount, p.expires_at, p.warn_below, p.warned_at,
                 p.archived_at, p.added, p.expired, p.created_at, p.updated_at,
                 p.used_elsewhere + coalesce(t.n, 0) as used,
                 p.added - p.expired - p.used_elsewhere - coalesce(t.n, 0) as left`;

const TAKEN = `left join lateral (select sum(n)::bigint as n from promo_taken where pool_id = p.id) t on true`;

/** By name. Index promo_pools_name. */
export async function listPools(
  db: Db,
  { workspaceId, archived }: { workspaceId: number; archived: boolean },
): Promise<PoolRow[]> {
  const { rows } = await db.query<PoolRow>(
    `select ${COLUMNS} from promo_pools p ${TAKEN}
      where p.workspace_id = $1 and (p.archived_at is not null) = $2
      order by p.name_key`,
    [workspaceId, archived],
  );
  return rows;
}

export async function findPool(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<PoolRow | undefined> {
  const { rows } = await db.query<PoolRow>(
    `select ${COLUMNS} from promo_pools p ${TAKEN} where p.workspace_id = $1 and p.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Keeps others from changing the pool, its codes' numbers included, until the transaction ends. */
export async function lockPool(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from promo_pools where workspace_id = $1 and id = $2 for no key update`,
    [workspaceId, id],
  );
  return rowCount === 1;
}

/** What a pool is told to be. */
export interface PoolValues {
  name: string;
  type: string | null;
  discount: number | null;
  expires_at: Date | null;
  warn_below: number | null;
}

/** Undefined if the name is taken. */
export async function insertPool(
  tx: Tx,
  { workspaceId, now, ...values }: PoolValues & { workspaceId: number; now: Date },
): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into promo_pools (workspace_id, name, name_key, type, discount, expires_at, warn_below, created_at,
                              updated_at)
     values ($1, $2, lower($2), $3, $4, $5, $6, $7, $7)
     on conflict on constraint promo_pools_name do nothing returning id`,
    [
      workspaceId,
      values.name,
      values.type,
      values.discount,
      values.expires_at,
      values.warn_below,
      now,
    ],
  );
  return rows[0]?.id;
}

export async function updatePool(
  tx: Tx,
  {
    id,
    now,
    archivedAt,
    ...values
  }: PoolValues & { id: number; archivedAt: Date | null; now: Date },
): Promise<void> {
  await tx.query(
    `update promo_pools
        set name = $2, name_key = lower($2), type = $3, discount = $4, expires_at = $5, warn_below = $6,
            archived_at = $7, updated_at = $8
      where id = $1`,
    [
      id,
      values.name,
      values.type,
      values.discount,
      values.expires_at,
      values.warn_below,
      archivedAt,
      now,
    ],
  );
}

export async function isNameTaken(
  db: Db,
  { workspaceId, name, besides }: { workspaceId: number; name: string; besides: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from promo_pools where workspace_id = $1 and name_key = lower($2) and id <> $3`,
    [workspaceId, name, besides],
  );
  return rowCount === 1;
}

export async function deletePool(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from promo_pools where id = $1`, [id]);
}

/** More codes of these kinds. */
export async function addToPool(
  tx: Tx,
  {
    id,
    added,
    usedElsewhere,
    now,
  }: { id: number; added: number; usedElsewhere: number; now: Date },
): Promise<void> {
  await tx.query(
    `update promo_pools
        set added = added + $2, used_elsewhere = used_elsewhere + $3, updated_at = $4
      where id = $1`,
    [id, added, usedElsewhere, now],
  );
}

/** IDs of the pools that may be drawn from. */
export async function listPoolIds(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: number }>(
    `select id from promo_pools where workspace_id = $1 and archived_at is null`,
    [workspaceId],
  );
  return new Set(rows.map(({ id }) => String(id)));
}
