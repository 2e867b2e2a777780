import type { Db, Tx } from '../../db/index.ts';
import type { ProviderState } from './provider-state.ts';
import type { JsonObject } from '../../inbox/index.ts';

export interface ProviderRow {
  id: number;
  workspace_id: number;
  channel: string;
  kind: string;
  name: string;
  settings: JsonObject;
  /** Sealed. */
  secrets: string | null;
  position: number;
  enabled: boolean;
  verified_at: Date | null;
  problem: string | null;
  condition: 'untried' | ProviderState['condition'];
  condition_at: Date | null;
  paused_until: Date | null;
  /** To a minute. */
  callback_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `id, workspace_id, channel, kind, name, settings, secrets, position, enabled, verified_at, problem,
  condition, condition_at, paused_until, callback_at, created_at, updated_at`;

/** Those that carry messages now, the first of each channel first. Index: providers_of_channel. */
export async function loadEnabledProviders(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<ProviderRow[]> {
  const { rows } = await db.query<ProviderRow>({
    name: 'load_enabled_providers',
    text: `select ${COLUMNS} from providers
            where workspace_id = any($1::bigint[]) and enabled
            order by workspace_id, channel, position, id`,
    values: [workspaceIds],
  });
  return rows;
}

export async function listProviders(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<ProviderRow[]> {
  const { rows } = await db.query<ProviderRow>(
    `select ${COLUMNS} from providers where workspace_id = $1 order by channel, position, id limit 500`,
    [workspaceId],
  );
  return rows;
}

export async function findProvider(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<ProviderRow | undefined> {
  const { rows } = await db.query<ProviderRow>(
    `select ${COLUMNS} from providers where workspace_id = $1 and id = $2 ${lock ? 'for update' : ''}`,
    [workspaceId, id],
  );
  return rows[0];
}

export type ProviderToWrite = Pick<
  ProviderRow,
  'channel' | 'kind' | 'name' | 'settings' | 'secrets' | 'position' | 'enabled'
>;

export async function insertProvider(
  tx: Tx,
  { workspaceId, provider, now }: { workspaceId: number; provider: ProviderToWrite; now: Date },
): Promise<ProviderRow> {
  const { rows } = await tx.query<ProviderRow>(
    `insert into providers (workspace_id, channel, kind, name, settings, secrets, position, enabled, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) returning ${COLUMNS}`,
    [
      workspaceId,
      provider.channel,
      provider.kind,
      provider.name,
      JSON.stringify(provider.settings),
      provider.secrets,
      provider.position,
      provider.enabled,
      now,
    ],
  );
  return rows[0]!;
}

/** What was verified, or found wrong, was so with the settings before. */
export async function updateProvider(
  tx: Tx,
  { id, provider, now }: { id: number; provider: ProviderToWrite; now: Date },
): Promise<ProviderRow> {
  const { rows } = await tx.query<ProviderRow>(
    `update providers
        set name = $2, settings = $3, secrets = $4, position = $5, enabled = $6, updated_at = $7,
            verified_at = null, problem = null, condition = 'untried', condition_at = null, paused_until = null
      where id = $1 returning ${COLUMNS}`,
    [
      id,
      provider.name,
      JSON.stringify(provider.settings),
      provider.secrets,
      provider.position,
      provider.enabled,
      now,
    ],
  );
  return rows[0]!;
}

export async function deleteProvider(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from providers where id = $1`, [id]);
}

/** What its answers say about it. Leaves `updated_at`, by which a provider counts as changed. */
export async function recordProviderState(
  db: Db,
  { id, state, now }: { id: number; state: ProviderState; now: Date },
): Promise<void> {
  const trouble = state.condition === 'fine' ? undefined : state;
  await db.query(
    `update providers set condition = $2, condition_at = $3, problem = $4, paused_until = $5 where id = $1`,
    [id, state.condition, now, trouble?.problem.slice(0, 1_000) ?? null, trouble?.until ?? null],
  );
}

/** What a check found. A provider that asked to be left alone still is. */
export async function recordCheck(
  db: Db,
  { id, problem, now }: { id: number; problem: string | null; now: Date },
): Promise<void> {
  await db.query(
    `update providers
        set verified_at = case when $2::text is null then $3 else verified_at end,
            problem = case when condition = 'throttled' and paused_until > $3 and $2::text is null then problem else $2 end,
            condition = case when $2::text is not null then 'failing'
                             when condition = 'throttled' and paused_until > $3 then condition else 'fine' end,
            paused_until = case when condition = 'throttled' and paused_until > $3 and $2::text is null then paused_until end,
            condition_at = $3
      where id = $1`,
    [id, problem?.slice(0, 1_000) ?? null, now],
  );
}

/** Enabled or not, all of a channel. */
export async function lockProvidersOfChannel(
  tx: Tx,
  { workspaceId, channel }: { workspaceId: number; channel: string },
): Promise<Pick<ProviderRow, 'id' | 'name' | 'position'>[]> {
  const { rows } = await tx.query<Pick<ProviderRow, 'id' | 'name' | 'position'>>(
    `select id, name, position from providers where workspace_id = $1 and channel = $2
      order by position, id for update`,
    [workspaceId, channel],
  );
  return rows;
}

/** Their places are those in the list. Leaves `updated_at`: no provider has changed. */
export async function orderProviders(tx: Tx, { ids }: { ids: number[] }): Promise<void> {
  await tx.query(
    `update providers p set position = place.n - 1
       from unnest($1::bigint[]) with ordinality as place (id, n) where p.id = place.id`,
    [ids],
  );
}

/** For whoever calls back: the URL names no workspace, and proves by its token which one is meant. */
export async function findCalledProvider(
  db: Db,
  { id }: { id: number },
): Promise<ProviderRow | undefined> {
  const { rows } = await db.query<ProviderRow>({
    name: 'find_called_provider',
    text: `select ${COLUMNS} from providers where id = $1`,
    values: [id],
  });
  return rows[0];
}

/** Once a minute at most, so that callbacks do not wait for each other. */
export async function recordCallback(
  db: Db,
  { id, now }: { id: number; now: Date },
): Promise<void> {
  await db.query({
    name: 'record_callback',
    text: `update providers set callback_at = $2
            where id = $1 and (callback_at is null or callback_at < $2::timestamptz - interval '1 minute')`,
    values: [id, now],
  });
}
