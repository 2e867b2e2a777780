import { writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { placeFields } from './field-queries.ts';

export interface GroupRow {
  id: number;
  name: string;
  position: number;
  /** How many fields stand in it, archived ones too. */
  fields: number;
}

/** Groups in their order, those without a field too. */
export async function listGroups(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<GroupRow[]> {
  const { rows } = await db.query<GroupRow>(
    `select g.id, g.name, g.position, count(f.id)::int as fields
       from field_groups g
       left join fields f on f.workspace_id = g.workspace_id and f.group_name = g.name
      where g.workspace_id = $1
      group by g.id, g.name, g.position
      order by g.position, g.name`,
    [workspaceId],
  );
  return rows;
}

/** Makes the group if there is none of this name, behind the others. Says whether it was made. */
export async function ensureGroup(
  tx: Tx,
  { workspaceId, name }: { workspaceId: number; name: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into field_groups (workspace_id, name, position)
     select $1, $2, coalesce(max(position) + 1, 0) from field_groups where workspace_id = $1
         on conflict on constraint field_groups_name do nothing`,
    [workspaceId, name],
  );
  return rowCount === 1;
}

const MOST_GROUPS = 200;

export async function createGroup(
  tx: Tx,
  { workspaceId, name, by }: { workspaceId: number; name: string; by: Origin },
): Promise<GroupRow> {
  // First, so that changes of groups take turns.
  await raiseConfigVersion(tx, { workspaceId });
  const groups = await listGroups(tx, { workspaceId });
  if (groups.length >= MOST_GROUPS) {
    throw new Problem('conflict', { detail: `A workspace has at most ${MOST_GROUPS} groups.` });
  }
  if (!(await ensureGroup(tx, { workspaceId, name }))) throw isThere(name);
  const created = (await listGroups(tx, { workspaceId })).find((group) => group.name === name)!;
  const object = { kind: 'field_group', id: created.id };
  await writeAudit(tx, { by, action: 'field_group.create', object, after: { name } });
  return created;
}

/** Its fields go along. */
export async function renameGroup(
  tx: Tx,
  { workspaceId, id, name, by }: { workspaceId: number; id: number; name: string; by: Origin },
): Promise<GroupRow> {
  // First, so that changes of groups take turns.
  await raiseConfigVersion(tx, { workspaceId });
  const groups = await listGroups(tx, { workspaceId });
  const group = groups.find((each) => each.id === id);
  if (!group) throw notFound('group');
  if (group.name === name) return group;
  if (groups.some((each) => each.name === name)) throw isThere(name);
  await tx.query(`update field_groups set name = $2 where id = $1`, [id, name]);
  await renameIn(tx, { workspaceId, from: group.name, to: name });
  await writeAudit(tx, {
    by,
    action: 'field_group.change',
    object: { kind: 'field_group', id },
    before: { name: group.name },
    after: { name },
  });
  return { ...group, name };
}

/** Its fields stay, in no group. */
export async function deleteGroup(
  tx: Tx,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<void> {
  await raiseConfigVersion(tx, { workspaceId });
  const group = (await listGroups(tx, { workspaceId })).find((each) => each.id === id);
  if (!group) throw notFound('group');
  await ungroup(tx, { workspaceId, name: group.name });
  await tx.query(`delete from field_groups where id = $1`, [id]);
  const object = { kind: 'field_group', id };
  const before = { name: group.name, fields: group.fields };
  await writeAudit(tx, { by, action: 'field_group.delete', object, before });
}

async function renameIn(
  tx: Tx,
  { workspaceId, from, to }: { workspaceId: number; from: string; to: string },
): Promise<void> {
  await tx.query(`update fields set group_name = $3 where workspace_id = $1 and group_name = $2`, [
    workspaceId,
    from,
    to,
  ]);
}

/** Its fields go behind those that stand in no group. */
async function ungroup(
  tx: Tx,
  { workspaceId, name }: { workspaceId: number; name: string },
): Promise<void> {
  await tx.query(
    `update fields f set group_name = null, position = f.position + last.position + 1
       from (select max(position) as position from fields where workspace_id = $1) last
      where f.workspace_id = $1 and f.group_name = $2`,
    [workspaceId, name],
  );
}

function isThere(name: string): Problem {
  return new Problem('already_exists', { detail: `There is a group "${name}" already.` });
}

/** Groups in order, each with its fields in order; null holds those in no group. */
export interface Arrangement {
  name: string | null;
  fields: number[];
}

/** Fields that are not named keep their group and position. */
export async function arrangeFields(
  tx: Tx,
  { workspaceId, groups, by }: { workspaceId: number; groups: Arrangement[]; by: Origin },
): Promise<void> {
  await raiseConfigVersion(tx, { workspaceId });
  const names = groups.flatMap(({ name }) => (name === null ? [] : [name]));
  for (const name of names) await ensureGroup(tx, { workspaceId, name });
  await tx.query(
    `update field_groups g set position = place.position
       from unnest($2::text[], $3::int[]) as place (name, position)
      where g.workspace_id = $1 and g.name = place.name`,
    [workspaceId, names, names.map((_, n) => n)],
  );
  const places = groups.flatMap(({ name, fields }) => fields.map((id) => ({ id, group: name })));
  const found = await placeFields(tx, {
    workspaceId,
    places: places.map((place, position) => ({ ...place, position })),
  });
  if (found !== places.length) throw notFound('field');
  const object = { kind: 'workspace', id: workspaceId };
  await writeAudit(tx, { by, action: 'field.order', object, after: { groups } });
}
