import type { Db, Tx } from '../db/index.ts';
import type { ValueRules } from './value-rules.ts';

/** A custom field as it is defined. */
export interface FieldRow {
  id: number;
  key: string;
  label: string;
  type: string;
  group: string | null;
  position: number;
  choices: string[] | null;
  choice_looks: ChoiceLooks;
  rules: ValueRules;
  description: string;
  source: string;
  created_at: Date;
  archived_at: Date | null;
}

/** By choice: how it is shown. */
export type ChoiceLooks = Record<
  string,
  { label?: string | undefined; color?: string | undefined }
>;

const COLUMNS = `id, key, label, type, group_name as "group", position, choices, choice_looks, rules, description,
                 source, created_at, archived_at`;

/** In the order in which people see them. A workspace has at most a few thousand. */
export async function listCustomFields(
  db: Db,
  { workspaceId, archived }: { workspaceId: number; archived: boolean },
): Promise<FieldRow[]> {
  const { rows } = await db.query<FieldRow>(
    `select f.* from (select ${COLUMNS}, workspace_id from fields
                      where workspace_id = $1 and ($2 or archived_at is null)) f
       left join field_groups g on g.workspace_id = f.workspace_id and g.name = f."group"
      order by g.position nulls last, f."group", f.position, lower(f.label), f.id`,
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
    choiceLooks: ChoiceLooks;
    rules: ValueRules;
    description: string;
    now: Date;
  },
): Promise<FieldRow | undefined> {
  const { rows } = await tx.query<FieldRow>(
    `insert into fields (workspace_id, key, label, type, group_name, choices, choice_looks, rules, description,
                         position, source, created_at)
     select $1, $2, $3, $4, $5, $6::jsonb, $8::jsonb, $9::jsonb, $10,
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
      JSON.stringify(field.choiceLooks),
      JSON.stringify(field.rules),
      field.description,
    ],
  );
  return rows[0];
}

export async function findField(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<FieldRow | undefined> {
  const { rows } = await db.query<FieldRow>(
    `select ${COLUMNS} from fields where workspace_id = $1 and id = $2`,
    [workspaceId, id],
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

export async function updateField(tx: Tx, field: FieldRow): Promise<void> {
  await tx.query(
    `update fields
        set label = $2, group_name = $3, position = $4, choices = $5::jsonb, archived_at = $6,
            choice_looks = $7::jsonb, rules = $8::jsonb, description = $9, type = $10
      where id = $1`,
    [
      field.id,
      field.label,
      field.group,
      field.position,
      field.choices && JSON.stringify(field.choices),
      field.archived_at,
      JSON.stringify(field.choice_looks),
      JSON.stringify(field.rules),
      field.description,
      field.type,
    ],
  );
}

/** Puts fields into groups and orders; those of another workspace stay. Answers how many were found. */
export async function placeFields(
  tx: Tx,
  { workspaceId, places }: { workspaceId: number; places: FieldPlace[] },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update fields f set group_name = place.group_name, position = place.position
       from unnest($2::bigint[], $3::text[], $4::int[]) as place (id, group_name, position)
      where f.id = place.id and f.workspace_id = $1`,
    [
      workspaceId,
      places.map((place) => place.id),
      places.map((place) => place.group),
      places.map((place) => place.position),
    ],
  );
  return rowCount ?? 0;
}

export interface FieldPlace {
  id: number;
  group: string | null;
  position: number;
}
