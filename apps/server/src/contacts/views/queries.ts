import type { arrangementSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db, Tx } from '../../db/index.ts';

export type StoredArrangement = z.output<typeof arrangementSchema>;

export interface ViewRow {
  id: number;
  user_id: number | null;
  name: string;
  shared: boolean;
  arrangement: StoredArrangement;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = 'id, user_id, name, shared, arrangement, created_at, updated_at';

/** By name; a workspace has at most a few hundred. */
export async function listViews(
  db: Db,
  { workspaceId, userId }: { workspaceId: number; userId: number | null },
): Promise<ViewRow[]> {
  const { rows } = await db.query<ViewRow>(
    `select ${COLUMNS} from contact_views
      where workspace_id = $1 and (shared or user_id = $2)
      order by lower(name), id`,
    [workspaceId, userId],
  );
  return rows;
}

/** Those that everybody sees. */
export async function listSharedViews(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<ViewRow[]> {
  const { rows } = await db.query<ViewRow>(
    `select ${COLUMNS} from contact_views where workspace_id = $1 and shared order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

/** One that this user may see. */
export async function findView(
  db: Db,
  { workspaceId, userId, id }: { workspaceId: number; userId: number | null; id: number },
): Promise<ViewRow | undefined> {
  const { rows } = await db.query<ViewRow>(
    `select ${COLUMNS} from contact_views
      where id = $3 and workspace_id = $1 and (shared or user_id = $2)`,
    [workspaceId, userId, id],
  );
  return rows[0];
}

export async function countViews(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from contact_views where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.n ?? 0;
}

export async function insertView(
  tx: Tx,
  view: {
    workspaceId: number;
    userId: number | null;
    name: string;
    shared: boolean;
    arrangement: StoredArrangement;
    now: Date;
  },
): Promise<ViewRow> {
  const { rows } = await tx.query<ViewRow>(
    `insert into contact_views (workspace_id, user_id, name, shared, arrangement, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6)
     returning ${COLUMNS}`,
    [view.workspaceId, view.userId, view.name, view.shared, view.arrangement, view.now],
  );
  return rows[0]!;
}

export async function updateView(
  tx: Tx,
  view: Pick<ViewRow, 'id' | 'name' | 'shared' | 'arrangement'> & { now: Date },
): Promise<ViewRow> {
  const { rows } = await tx.query<ViewRow>(
    `update contact_views set name = $2, shared = $3, arrangement = $4, updated_at = $5
      where id = $1
      returning ${COLUMNS}`,
    [view.id, view.name, view.shared, view.arrangement, view.now],
  );
  return rows[0]!;
}

export async function deleteView(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from contact_views where id = $1`, [id]);
}
