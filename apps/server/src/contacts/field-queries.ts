import type { Db, Tx } from '../db/index.ts';

/** A custom field as it is defined. */
export interface FieldRow {
  id: number;
  key: string;
  label: string;
  type: string;
  group: string | null;
  position: number;
  choices: string[] | null;
  source: string;
  created_at: Date;
  archived_at: Date | null;
}

const COLUMNS =
  'id, key, label, type, group_name as "group", position, choices, source, created_at, archived_at';

/** In the order in which people see them. A workspace has at most a few thousand. */
export async function listCustomFields(
  db: Db,
  { workspaceId, archived }: { workspaceId: number; archived: boolean },
): Promise<FieldRow[]> {
  const { rows } = await db.query<FieldRow>(
    `select ${COLUMNS} from fields
      where workspace_id = $1 and ($2 or archived_at is null)
      order by position, lower(label), id`,
    [workspaceId, archived],
  );
  return rows;
}

export async function countFields(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from fields where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.n ?? 0;
}

/** Undefined when the key is taken; index fields_key. */
export async function insertField(
  tx: Tx,
  field: {
    workspaceId: number;
    key: string;
    label: string;
    type: string;
    group: string | null;
    choices: string[] | null;
    now: Date;
  },
): Promise<FieldRow | undefined> {
  const { rows } = await tx.query<FieldRow>(
    `insert into fields (workspace_id, key, label, type, group_name, choices, position, source, created_at)
     select $1, $2, $3, $4, $5, $6::jsonb,
            coalesce((select max(position) + 1 from fields where workspace_id = $1), 0), 'manual', $7
         on conflict on constraint fields_key do nothing
     returning ${COLUMNS}`,
    [
      field.workspaceId,
      field.key,
      field.label,
      field.type,
      field.group,
      field.choices && JSON.stringify(field.choices),
      field.now,
    ],
  );
  return rows[0];
}

export async function lockField(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<FieldRow | undefined> {
  const { rows } = await tx.query<FieldRow>(
    `select ${COLUMNS} from fields where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

export async function updateField(
  tx: Tx,
  field: Pick<FieldRow, 'id' | 'label' | 'group' | 'position' | 'choices' | 'archived_at'>,
): Promise<void> {
  await tx.query(
    `update fields
        set label = $2, group_name = $3, position = $4, choices = $5::jsonb, archived_at = $6
      where id = $1`,
    [
      field.id,
      field.label,
      field.group,
      field.position,
      field.choices && JSON.stringify(field.choices),
      field.archived_at,
    ],
  );
}
