import type { EventTypeSettings } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';

export interface EventTypeRow {
  id: number;
  key: string;
  name: string;
  category: string;
  description: string;
  /** What was chosen; the rest is as by default. */
  settings: Partial<EventTypeSettings>;
  created_at: Date;
}

const COLUMNS = 'id, key, name, category, description, settings, created_at';

/** All types of a workspace, or those of these keys that it has; index event_types_key. */
export async function listTypeIds(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys?: string[] | undefined },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from event_types
      where workspace_id = $1 and ($2::text[] is null or key = any($2))`,
    [workspaceId, keys ?? null],
  );
  return rows.map((row) => row.id);
}

/** Of these keys, those that a type of the workspace has; index event_types_key. */
export async function knownTypeKeys(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: string[] },
): Promise<string[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<{ key: string }>(
    `select key from event_types where workspace_id = $1 and key = any($2)`,
    [workspaceId, keys],
  );
  return rows.map((row) => row.key);
}

/** IDs of the types of a workspace by key; index event_types_key. */
export async function readTypeIds(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ id: number; key: string }>(
    `select id, key from event_types where workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Keys of types that expect parameters, or did. */
export async function expectingTypes(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    `select key from event_types where workspace_id = $1 and settings ? 'expected_params'`,
    [workspaceId],
  );
  return rows.map((row) => row.key);
}

export interface EventTypeFilter {
  workspaceId: number;
  /** In the key or the name, whatever the case. */
  search?: string | undefined;
  category?: string | undefined;
  active?: boolean | undefined;
  /** Only these keys, and none of those. */
  among?: string[] | undefined;
  without?: string[] | undefined;
}

/** By key; index event_types_key. */
export async function listEventTypes(
  db: Db,
  { after, limit, ...filter }: EventTypeFilter & { after: string | undefined; limit: number },
): Promise<EventTypeRow[]> {
  const { rows } = await db.query<EventTypeRow>(
    `select ${COLUMNS} from event_types
      where workspace_id = $1
        and ($2::text is null or key > $2)
        and ($3::text is null or key ilike $3 or name ilike $3)
        and ($4::text is null or category = $4)
        and ($5::boolean is null or coalesce((settings ->> 'active')::boolean, true) = $5)
        and ($6::text[] is null or key = any($6))
        and ($7::text[] is null or key <> all($7))
      order by key
      limit $8`,
    [
      filter.workspaceId,
      after ?? null,
      filter.search === undefined ? null : pattern(filter.search),
      filter.category ?? null,
      filter.active ?? null,
      filter.among ?? null,
      filter.without ?? null,
      limit,
    ],
  );
  return rows;
}

function pattern(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** Those in use, by name. */
export async function listCategories(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<string[]> {
  const { rows } = await db.query<{ category: string }>(
    `select distinct category from event_types where workspace_id = $1 order by category`,
    [workspaceId],
  );
  return rows.map((row) => row.category);
}

export async function findEventType(
  db: Db,
  { workspaceId, key }: { workspaceId: number; key: string },
): Promise<EventTypeRow | undefined> {
  const { rows } = await db.query<EventTypeRow>(
    `select ${COLUMNS} from event_types where workspace_id = $1 and key = $2`,
    [workspaceId, key],
  );
  return rows[0];
}

export async function lockEventType(
  tx: Tx,
  { workspaceId, key }: { workspaceId: number; key: string },
): Promise<EventTypeRow | undefined> {
  const { rows } = await tx.query<EventTypeRow>(
    `select ${COLUMNS} from event_types where workspace_id = $1 and key = $2 for update`,
    [workspaceId, key],
  );
  return rows[0];
}

/** Undefined when the key is taken. */
export async function insertEventType(
  tx: Tx,
  type: Omit<EventTypeRow, 'id' | 'created_at'> & { workspaceId: number; now: Date },
): Promise<EventTypeRow | undefined> {
  const { rows } = await tx.query<EventTypeRow>(
    `insert into event_types (workspace_id, key, name, category, description, settings, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint event_types_key do nothing
     returning ${COLUMNS}`,
    [
      type.workspaceId,
      type.key,
      type.name,
      type.category,
      type.description,
      JSON.stringify(type.settings),
      type.now,
    ],
  );
  return rows[0];
}

export async function updateEventType(
  tx: Tx,
  type: Pick<EventTypeRow, 'id' | 'name' | 'category' | 'description' | 'settings'>,
): Promise<void> {
  await tx.query(
    `update event_types set name = $2, category = $3, description = $4, settings = $5 where id = $1`,
    [type.id, type.name, type.category, type.description, JSON.stringify(type.settings)],
  );
}

/** The parameters seen go with it. */
export async function deleteEventTypeRow(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from event_types where id = $1`, [id]);
}

/** Settings that were chosen, of the types of these workspaces. */
export async function readTypeSettings(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<{ workspace_id: number; key: string; settings: Partial<EventTypeSettings> }[]> {
  const { rows } = await db.query<{
    workspace_id: number;
    key: string;
    settings: Partial<EventTypeSettings>;
  }>(
    `select workspace_id, key, settings from event_types
      where workspace_id = any($1) and settings <> '{}'`,
    [workspaceIds],
  );
  return rows;
}

export interface ParamRow {
  path: string;
  types: string[];
  examples: Json[];
  first_seen_at: Date;
  last_seen_at: Date;
}

/** What was seen of a type's parameters; index event_type_params_pkey. */
export async function readParams(db: Db, { typeId }: { typeId: number }): Promise<ParamRow[]> {
  const { rows } = await db.query<ParamRow>(
    `select path, types, examples, first_seen_at, last_seen_at
       from event_type_params
      where event_type_id = $1
      order by path`,
    [typeId],
  );
  return rows;
}
