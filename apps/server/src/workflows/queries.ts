import type { WorkflowState } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';

export interface WorkflowRow {
  id: number;
  workspace_id: number;
  key: string;
  name: string;
  state: WorkflowState;
  draft: JsonObject;
  published_version: number | null;
  created_at: Date;
  updated_at: Date;
  activated_at: Date | null;
  /** Grows with every change of the draft. */
  revision: number;
  edited_at: Date | null;
  edited_by: string | null;
}

export interface VersionRow {
  workflow_id: number;
  version: number;
  definition: JsonObject;
  published_at: Date;
  published_by: string | null;
}

/** With `lock`, nobody else changes the workflow until the transaction ends. */
export async function findWorkflow(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<WorkflowRow | undefined> {
  const { rows } = await db.query<WorkflowRow>(
    `select * from workflows where id = $1 and workspace_id = $2 ${lock ? 'for update' : ''}`,
    [id, workspaceId],
  );
  return rows[0];
}

export async function findVersion(
  db: Db,
  { workflowId, version }: { workflowId: number; version: number },
): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>(
    `select * from workflow_versions where workflow_id = $1 and version = $2`,
    [workflowId, version],
  );
  return rows[0];
}

export interface WorkflowListRow extends Omit<
  WorkflowRow,
  'draft' | 'revision' | 'edited_at' | 'edited_by'
> {
  changed: boolean;
}

/** Newest first. A workspace has hundreds of workflows at most, so no index serves the search. */
export async function listWorkflows(
  db: Db,
  {
    workspaceId,
    search,
    state,
    before,
    limit,
  }: {
    workspaceId: number;
    search?: string | undefined;
    state?: WorkflowState | undefined;
    before?: number | undefined;
    limit: number;
  },
): Promise<WorkflowListRow[]> {
  const { rows } = await db.query<WorkflowListRow>(
    `select w.id, w.workspace_id, w.key, w.name, w.state, w.published_version, w.created_at,
            w.updated_at, w.activated_at, w.draft is distinct from v.definition as changed
       from workflows w
       left join workflow_versions v on v.workflow_id = w.id and v.version = w.published_version
      where w.workspace_id = $1
        and ($2::text is null or w.name ilike $2 or w.key ilike $2)
        and ($3::text is null or w.state = $3)
        and ($4::bigint is null or w.id < $4)
      order by w.id desc
      limit $5`,
    [
      workspaceId,
      search === undefined ? null : pattern(search),
      state ?? null,
      before ?? null,
      limit,
    ],
  );
  return rows;
}

interface ByName {
  workspaceId: number;
  /** A part of the name. */
  search?: string | undefined;
}

/** By name; those with the same name, by ID. */
export async function listWorkflowsByName(
  db: Db,
  { workspaceId, search, offset, limit }: ByName & { offset: number; limit: number },
): Promise<Pick<WorkflowListRow, 'id' | 'name' | 'state'>[]> {
  const { rows } = await db.query<Pick<WorkflowListRow, 'id' | 'name' | 'state'>>(
    `select id, name, state from workflows
      where workspace_id = $1 and ($2::text is null or name ilike $2)
      order by lower(name), id offset $3 limit $4`,
    [workspaceId, search === undefined ? null : pattern(search), offset, limit],
  );
  return rows;
}

export async function countWorkflows(db: Db, { workspaceId, search }: ByName): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from workflows
      where workspace_id = $1 and ($2::text is null or name ilike $2)`,
    [workspaceId, search === undefined ? null : pattern(search)],
  );
  return rows[0]!.n;
}

/** All that were ever made. */
export async function listWorkflowIds(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from workflows where workspace_id = $1`,
    [workspaceId],
  );
  return rows.map((row) => row.id);
}

function pattern(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** Keys of the workspace that begin like this one, to find a free one. */
export async function takenKeys(
  db: Db,
  { workspaceId, key }: { workspaceId: number; key: string },
): Promise<Set<string>> {
  const { rows } = await db.query<{ key: string }>(
    `select key from workflows where workspace_id = $1 and (key = $2 or starts_with(key, $2 || '-'))`,
    [workspaceId, key],
  );
  return new Set(rows.map((row) => row.key));
}

/** Undefined when the key is taken. */
export async function insertWorkflow(
  tx: Tx,
  {
    workspaceId,
    key,
    name,
    draft,
    now,
  }: { workspaceId: number; key: string; name: string; draft: JsonObject; now: Date },
): Promise<WorkflowRow | undefined> {
  const { rows } = await tx.query<WorkflowRow>(
    `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at)
     values ($1, $2, $3, 'draft', $4, $5, $5)
         on conflict on constraint workflows_key do nothing
     returning *`,
    [workspaceId, key, name, JSON.stringify(draft), now],
  );
  return rows[0];
}

export async function updateWorkflow(
  tx: Tx,
  {
    id,
    name,
    draft,
    by,
    now,
  }: { id: number; name: string; draft: JsonObject; by: string; now: Date },
): Promise<WorkflowRow> {
  const { rows } = await tx.query<WorkflowRow>(
    `update workflows
        set name = $2, draft = $3, updated_at = $5,
            revision = case when draft = $3 then revision else revision + 1 end,
            edited_at = case when draft = $3 then edited_at else $5 end,
            edited_by = case when draft = $3 then edited_by else $4 end
      where id = $1
  returning *`,
    [id, name, JSON.stringify(draft), by, now],
  );
  return rows[0]!;
}

export interface VersionListRow extends Omit<VersionRow, 'definition'> {
  blocks: number;
}

/** Newest first, by the primary key. */
export async function listVersions(
  db: Db,
  { workflowId, before, limit }: { workflowId: number; before?: number | undefined; limit: number },
): Promise<VersionListRow[]> {
  const { rows } = await db.query<VersionListRow>(
    `select workflow_id, version, published_at, published_by,
            (select count(*)::int from jsonb_object_keys(definition -> 'blocks')) as blocks
       from workflow_versions
      where workflow_id = $1 and ($2::int is null or version < $2)
      order by version desc
      limit $3`,
    [workflowId, before ?? null, limit],
  );
  return rows;
}

export async function insertVersion(
  tx: Tx,
  row: { workflowId: number; version: number; definition: JsonObject; by: string; now: Date },
): Promise<void> {
  await tx.query(
    `insert into workflow_versions (workflow_id, version, definition, published_at, published_by)
     values ($1, $2, $3, $4, $5)`,
    [row.workflowId, row.version, JSON.stringify(row.definition), row.now, row.by],
  );
}

export async function setPublishedVersion(
  tx: Tx,
  { id, version, now }: { id: number; version: number; now: Date },
): Promise<WorkflowRow> {
  const { rows } = await tx.query<WorkflowRow>(
    `update workflows set published_version = $2, updated_at = $3 where id = $1 returning *`,
    [id, version, now],
  );
  return rows[0]!;
}

export async function setState(
  tx: Tx,
  { id, state, now }: { id: number; state: WorkflowState; now: Date },
): Promise<WorkflowRow> {
  const { rows } = await tx.query<WorkflowRow>(
    `update workflows
        set state = $2, updated_at = $3,
            activated_at = case when $2 = 'active' then $3 else activated_at end
      where id = $1
  returning *`,
    [id, state, now],
  );
  return rows[0]!;
}

/** A workspace, and which state of its definitions holds. */
export interface ConfigVersionRow {
  id: number;
  slug: string;
  name: string;
  config_version: number;
  time_zone: string;
  currency: string;
}

export async function readConfigVersions(db: Db): Promise<ConfigVersionRow[]> {
  const { rows } = await db.query<ConfigVersionRow>({
    name: 'read_config_versions',
    text: `select id, slug, name, config_version, time_zone, currency from workspaces`,
  });
  return rows;
}

export interface PublishedRow {
  id: number;
  workspace_id: number;
  state: WorkflowState;
  published_version: number;
}

export async function readPublished(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<PublishedRow[]> {
  const { rows } = await db.query<PublishedRow>(
    `select id, workspace_id, state, published_version
       from workflows
      where workspace_id = any($1) and published_version is not null
      order by id`,
    [workspaceIds],
  );
  return rows;
}

/** Versions of these workflows that are not known yet. */
export async function readVersions(
  db: Db,
  {
    workflowIds,
    known,
  }: { workflowIds: number[]; known: readonly { workflowId: number; version: number }[] },
): Promise<Pick<VersionRow, 'workflow_id' | 'version' | 'definition'>[]> {
  const { rows } = await db.query<Pick<VersionRow, 'workflow_id' | 'version' | 'definition'>>(
    `select v.workflow_id, v.version, v.definition
       from workflow_versions v
      where v.workflow_id = any($1)
        and not exists (select from unnest($2::bigint[], $3::int[]) as known (workflow_id, version)
                         where known.workflow_id = v.workflow_id and known.version = v.version)`,
    [workflowIds, known.map((row) => row.workflowId), known.map((row) => row.version)],
  );
  return rows;
}

/** What each workflow does, or would do once it is published; archived ones do nothing. */
export async function readDefinitions(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<{ id: number; name: string; state: string; definition: JsonObject }[]> {
  const { rows } = await db.query<{
    id: number;
    name: string;
    state: string;
    definition: JsonObject;
  }>(
    `select w.id, w.name, w.state, coalesce(v.definition, w.draft) as definition
       from workflows w
       left join workflow_versions v on v.workflow_id = w.id and v.version = w.published_version
      where w.workspace_id = $1 and w.state <> 'archived'
      order by w.name, w.id`,
    [workspaceId],
  );
  return rows;
}

interface MessageUse {
  id: number;
  channel: string;
  archived: boolean;
  /** What its languages read of `run` and `data`. */
  variables: string[][];
  /** It holds the link by which an address is confirmed. */
  confirms: boolean;
}

/** What the check on publish must know of messages; what they read only of those `mentioned`. */
export async function readMessageUses(
  db: Db,
  { workspaceId, mentioned }: { workspaceId: number; mentioned: string[] },
): Promise<MessageUse[]> {
  const { rows } = await db.query<MessageUse>(
    `select m.id, m.channel, m.archived_at is not null as archived,
            coalesce(jsonb_path_query_array(v.compiled, '$.*.variables[*]'), '[]') as variables,
            coalesce(strpos(v.compiled::text || (
              -- Without what is kept beside the page and never sent.
              select string_agg((written - '{raw_html,design}'::text[])::text, '')
                from jsonb_each(v.content) as language (key, written)), 'confirm_url') > 0, false) as confirms
       from messages m
       left join message_versions v
         on v.message_id = m.id and v.version = m.version and m.id::text = any($2)
      where m.workspace_id = $1`,
    [workspaceId, mentioned],
  );
  return rows;
}

export async function readKnownEventTypes(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    `select key from event_types where workspace_id = $1`,
    [workspaceId],
  );
  return rows.map((row) => row.key);
}

/** Runs of these workflows that have not ended, by the engine's own counts. */
export async function countRunning(
  db: Db,
  { workflowIds }: { workflowIds: number[] },
): Promise<Map<number, number>> {
  const { rows } = await db.query<{ workflow_id: number; running: number }>(
    `select workflow_id,
            coalesce(sum(n) filter (where what = 'started'), 0)
              - coalesce(sum(n) filter (where what in ('completed', 'stopped', 'failed')), 0) as running
       from workflow_counts
      where workflow_id = any($1) and what in ('started', 'completed', 'stopped', 'failed')
      group by workflow_id`,
    [workflowIds],
  );
  return new Map(rows.map((row) => [row.workflow_id, Number(row.running)]));
}
