import type { Db, Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';

export interface EventTypeRow {
  id: number;
  key: string;
  name: string;
  category: string;
  description: string;
  created_at: Date;
}

const COLUMNS = 'id, key, name, category, description, created_at';

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

/** By key; index event_types_key. */
export async function listEventTypes(
  db: Db,
  { workspaceId, after, limit }: { workspaceId: number; after: string | undefined; limit: number },
): Promise<EventTypeRow[]> {
  const { rows } = await db.query<EventTypeRow>(
    `select ${COLUMNS} from event_types
      where workspace_id = $1 and ($2::text is null or key > $2)
      order by key
      limit $3`,
    [workspaceId, after ?? null, limit],
  );
  return rows;
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
    `insert into event_types (workspace_id, key, name, category, description, created_at)
     values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint event_types_key do nothing
     returning ${COLUMNS}`,
    [type.workspaceId, type.key, type.name, type.category, type.description, type.now],
  );
  return rows[0];
}

export async function updateEventType(
  tx: Tx,
  type: Pick<EventTypeRow, 'id' | 'name' | 'category' | 'description'>,
): Promise<void> {
  await tx.query(
    `update event_types set name = $2, category = $3, description = $4 where id = $1`,
    [type.id, type.name, type.category, type.description],
  );
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
