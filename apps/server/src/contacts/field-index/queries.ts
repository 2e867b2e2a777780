import type { Db, Tx } from '../../db/index.ts';

/** The index of a field's values. */
export interface FieldIndexRow {
  field: string;
  automatic: boolean;
  created_at: Date;
  /** Null: it is being built. */
  done_at: Date | null;
}

export async function listFieldIndexes(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<FieldIndexRow[]> {
  const { rows } = await db.query<FieldIndexRow>(
    `select field, automatic, created_at, done_at
       from field_indexes
      where workspace_id = $1 and dropped_at is null
      order by field`,
    [workspaceId],
  );
  return rows;
}

/** Fields whose index holds all that cards say. */
export async function readBuiltIndexes(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Set<string>> {
  const indexes = await listFieldIndexes(db, { workspaceId });
  return new Set(indexes.filter((index) => index.done_at).map(({ field }) => field));
}

/** Fields whose values are written into their index, by workspace. */
export async function readIndexedByWorkspace(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<Map<number, string[]>> {
  const { rows } = await db.query<{ workspace_id: number; field: string }>({
    name: 'field_indexes_of_workspaces',
    text: `select workspace_id, field from field_indexes where workspace_id = any($1) and dropped_at is null`,
    values: [workspaceIds],
  });
  const indexed = new Map<number, string[]>();
  for (const { workspace_id: id, field } of rows) {
    indexed.set(id, [...(indexed.get(id) ?? []), field]);
  }
  return indexed;
}

/**
 * False: it is there, or a person dropped it. Only a person makes it again, or begins anew what
 * was not built to its end.
 */
export async function insertFieldIndex(
  tx: Tx,
  index: { workspaceId: number; field: string; automatic: boolean; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into field_indexes as i (workspace_id, field, automatic, created_at) values ($1, $2, $3, $4)
         on conflict on constraint field_indexes_pkey do update
        set automatic = excluded.automatic, created_at = excluded.created_at, done_at = null, dropped_at = null
      where (i.dropped_at is not null or i.done_at is null) and not excluded.automatic`,
    [index.workspaceId, index.field, index.automatic, index.now],
  );
  return rowCount === 1;
}

/** False: there is none. */
export async function markDropped(
  tx: Tx,
  { workspaceId, field, now }: { workspaceId: number; field: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update field_indexes set dropped_at = $3
      where workspace_id = $1 and field = $2 and dropped_at is null`,
    [workspaceId, field, now],
  );
  return rowCount === 1;
}

/** Not if it was dropped and made again meanwhile: then another job builds it. */
export async function markBuilt(
  tx: Tx,
  index: { workspaceId: number; field: string; begunAt: Date; now: Date },
): Promise<void> {
  await tx.query(
    `update field_indexes set done_at = $4
      where workspace_id = $1 and field = $2 and created_at = $3 and dropped_at is null`,
    [index.workspaceId, index.field, index.begunAt, index.now],
  );
}

/** Whether the job that began then still has something to build. */
export async function isWanted(
  tx: Tx,
  index: { workspaceId: number; field: string; begunAt: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from field_indexes
      where workspace_id = $1 and field = $2 and created_at = $3 and dropped_at is null`,
    [index.workspaceId, index.field, index.begunAt],
  );
  return rowCount === 1;
}
