import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import {
  deletePool,
  findPool,
  insertPool,
  isNameTaken,
  lockPool,
  updatePool,
  type PoolRow,
  type PoolValues,
} from './pool-queries.ts';

interface Named {
  workspaceId: number;
  id: number;
  by: Origin;
}

/** Throws `not_found` for what is not there or belongs to another workspace. */
export async function readPool(
  db: Db,
  which: { workspaceId: number; id: number },
): Promise<PoolRow> {
  const pool = await findPool(db, which);
  if (!pool) throw notFound('promo pool');
  return pool;
}

export async function createPool(
  tx: Tx,
  { workspaceId, by, ...values }: PoolValues & { workspaceId: number; by: Origin },
): Promise<PoolRow> {
  const id = await insertPool(tx, { workspaceId, now: by.at, ...values });
  if (id === undefined) throw nameTaken(values.name);
  const created = await readPool(tx, { workspaceId, id });
  await writeAudit(tx, {
    by,
    action: 'promo_pool.create',
    object: { kind: 'promo_pool', id },
    after: auditView(created),
  });
  return created;
}

/** Members that are left out stay as they are. */
export async function changePool(
  tx: Tx,
  { workspaceId, id, by, change }: Named & { change: Partial<PoolValues> & { archived?: boolean } },
): Promise<PoolRow> {
  if (!(await lockPool(tx, { workspaceId, id }))) throw notFound('promo pool');
  const before = await readPool(tx, { workspaceId, id });
  const { archived, ...given } = change;
  const values = { ...before, ...given };
  if (await isNameTaken(tx, { workspaceId, name: values.name, besides: id })) {
    throw nameTaken(values.name);
  }
  const kept = archived ? (before.archived_at ?? by.at) : null;
  const archivedAt = archived === undefined ? before.archived_at : kept;
  const { name, type, discount, expires_at, warn_below } = values;
  const written = { name, type, discount, expires_at, warn_below };
  await updatePool(tx, { id, now: by.at, archivedAt, ...written });
  const after = await readPool(tx, { workspaceId, id });
  const changes = changesBetween(auditView(before), auditView(after));
  if (changes) {
    const object = { kind: 'promo_pool', id } as const;
    await writeAudit(tx, { by, action: 'promo_pool.change', object, ...changes });
  }
  return after;
}

/** Only a pool whose codes nobody has: the others are archived. */
export async function removePool(tx: Tx, { workspaceId, id, by }: Named): Promise<void> {
  if (!(await lockPool(tx, { workspaceId, id }))) throw notFound('promo pool');
  const pool = await readPool(tx, { workspaceId, id });
  if (pool.used > 0) {
    const detail = `${pool.used} codes of the pool were used: archive it, so that it stays known who has them.`;
    throw new Problem('conflict', { detail });
  }
  await deletePool(tx, { id });
  await writeAudit(tx, {
    by,
    action: 'promo_pool.delete',
    object: { kind: 'promo_pool', id },
    before: auditView(pool),
  });
}

function nameTaken(name: string): Problem {
  return new Problem('already_exists', { detail: `There is a pool "${name}".` });
}

function auditView({ name, type, discount, expires_at, warn_below, archived_at }: PoolRow) {
  return {
    name,
    type,
    discount,
    expires_at: expires_at?.toISOString() ?? null,
    warn_below,
    archived: archived_at !== null,
  };
}
