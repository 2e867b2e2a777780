import type { Db } from '../db/index.ts';

/** Objects of a kind that bear a tag, whatever the case of its name. */
export async function taggedWith(
  db: Db,
  { workspaceId, kind, name }: { workspaceId: number; kind: string; name: string },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select l.object_id as id
       from tags t join tag_links l on l.tag_id = t.id
      where t.workspace_id = $1 and lower(t.name) = lower($3) and l.object_kind = $2`,
    [workspaceId, kind, name.trim()],
  );
  return rows.map((row) => row.id);
}
