import type { Db, Tx } from '../db/index.ts';

export interface WorkspaceRow {
  id: number;
  slug: string;
  name: string;
  time_zone: string;
  currency: string;
  sample: boolean;
  created_at: Date;
}

const columns = 'id, slug, name, time_zone, currency, sample, created_at';

/** Undefined when the slug is taken. */
export async function insertWorkspace(
  tx: Tx,
  workspace: {
    slug: string;
    name: string;
    timeZone: string;
    currency: string;
    sample: boolean;
    now: Date;
  },
): Promise<WorkspaceRow | undefined> {
  const { rows } = await tx.query<WorkspaceRow>(
    `insert into workspaces (slug, name, time_zone, currency, sample, created_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (slug) do nothing
     returning ${columns}`,
    [
      workspace.slug,
      workspace.name,
      workspace.timeZone,
      workspace.currency,
      workspace.sample,
      workspace.now,
    ],
  );
  return rows[0];
}

/** What arrives in the workspace is resolved under this row; see `pipeline/resolve`. */
export async function insertResolver(
  tx: Tx,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<void> {
  await tx.query(`insert into resolvers (workspace_id, mark) values ($1, $2)`, [workspaceId, now]);
}

export async function listWorkspaces(
  db: Db,
  { ids }: { ids?: number[] } = {},
): Promise<WorkspaceRow[]> {
  const { rows } = await db.query<WorkspaceRow>(
    `select ${columns} from workspaces where $1::bigint[] is null or id = any($1) order by id`,
    [ids ?? null],
  );
  return rows;
}

/** Index: workspaces_slug. */
export async function findWorkspaceBySlug(
  db: Db,
  { slug }: { slug: string },
): Promise<WorkspaceRow | undefined> {
  const { rows } = await db.query<WorkspaceRow>(
    `select ${columns} from workspaces where slug = $1`,
    [slug],
  );
  return rows[0];
}

/** Locks the row: changes of one workspace's settings and members take turns. */
export async function lockWorkspace(
  tx: Tx,
  { id }: { id: number },
): Promise<(WorkspaceRow & { settings: Record<string, unknown> }) | undefined> {
  const { rows } = await tx.query<WorkspaceRow & { settings: Record<string, unknown> }>(
    `select ${columns}, settings from workspaces where id = $1 for update`,
    [id],
  );
  return rows[0];
}

export async function updateWorkspace(
  tx: Tx,
  {
    id,
    name,
    timeZone,
    currency,
  }: { id: number; name: string; timeZone: string; currency: string },
): Promise<WorkspaceRow> {
  const { rows } = await tx.query<WorkspaceRow>(
    `update workspaces set name = $2, time_zone = $3, currency = $4, config_version = config_version + 1
     where id = $1 returning ${columns}`,
    [id, name, timeZone, currency],
  );
  await tellOfChange(tx);
  return rows[0] as WorkspaceRow;
}

export async function findSettings(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Record<string, unknown>> {
  const { rows } = await db.query<{ settings: Record<string, unknown> }>(
    `select settings from workspaces where id = $1`,
    [workspaceId],
  );
  return rows[0]?.settings ?? {};
}

export async function updateSettings(
  tx: Tx,
  { workspaceId, settings }: { workspaceId: number; settings: object },
): Promise<void> {
  await tx.query(
    `update workspaces set settings = $2::jsonb, config_version = config_version + 1 where id = $1`,
    [workspaceId, JSON.stringify(settings)],
  );
  await tellOfChange(tx);
}

/** Call it in the transaction of every change of a definition that the pipeline compiles. */
export async function raiseConfigVersion(
  tx: Tx,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await tx.query<{ config_version: number }>(
    `update workspaces set config_version = config_version + 1 where id = $1
     returning config_version`,
    [workspaceId],
  );
  await tellOfChange(tx);
  return rows[0]?.config_version ?? 0;
}

/** Told when settings or definitions of a workspace change. */
export const WORKSPACES_CHANNEL = 'perennial_workspaces';

async function tellOfChange(tx: Tx): Promise<void> {
  await tx.query(`notify ${WORKSPACES_CHANNEL}`);
}
