import type { Db, Tx } from '../db/index.ts';

export interface TagRow {
  id: number;
  name: string;
  uses: number;
  uses_by_kind: Record<string, number>;
  created_at: Date;
}

/** What was archived is in no list, nor are templates in that of messages: they are not counted. */
const columns = `t.id, t.name, t.created_at, used.uses, used.uses_by_kind`;
const from = `from tags t
  cross join lateral (
    select coalesce(sum(kind.n), 0)::int as uses,
           coalesce(jsonb_object_agg(kind.name, kind.n), '{}') as uses_by_kind
      from (select l.object_kind as name, count(*)::int as n
              from tag_links l
             where l.tag_id = t.id
               and not exists (select from messages m
                                where l.object_kind = 'message' and m.id = l.object_id
                                  and (m.archived_at is not null or m.template))
               and not exists (select from segments s
                                where l.object_kind = 'segment' and s.id = l.object_id
                                  and s.archived_at is not null)
             group by l.object_kind) as kind
  ) as used`;

export interface TagFilter {
  workspaceId: number;
  search?: string | undefined;
  after?: [name: string, id: number] | undefined;
  limit: number;
}

/** By name. Indexes: tags_name, tag_links_of_tag. */
export async function listTags(db: Db, filter: TagFilter): Promise<TagRow[]> {
  const { rows } = await db.query<TagRow>(
    `select ${columns} ${from}
     where t.workspace_id = $1
       and ($2::text is null or position(lower($2) in lower(t.name)) > 0)
       and ($3::text is null or (lower(t.name), t.id) > (lower($3), $4::bigint))
     order by lower(t.name), t.id
     limit $5`,
    [
      filter.workspaceId,
      filter.search ?? null,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.limit,
    ],
  );
  return rows;
}

/** Undefined when there is a tag of that name, whatever its case. */
export async function insertTag(
  tx: Tx,
  { workspaceId, name, now }: { workspaceId: number; name: string; now: Date },
): Promise<TagRow | undefined> {
  const { rows } = await tx.query<TagRow>(
    `insert into tags (workspace_id, name, created_at) values ($1, $2, $3)
     on conflict (workspace_id, lower(name)) do nothing
     returning id, name, created_at, 0 as uses, '{}'::jsonb as uses_by_kind`,
    [workspaceId, name, now],
  );
  return rows[0];
}

/** Locks the tag until the transaction ends. */
export async function lockTag(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<TagRow | undefined> {
  const { rows } = await tx.query<TagRow>(
    `select ${columns} ${from} where t.id = $1 and t.workspace_id = $2 for update of t`,
    [id, workspaceId],
  );
  return rows[0];
}

/** Index: tags_name. */
export async function findTagByName(
  tx: Tx,
  { workspaceId, name }: { workspaceId: number; name: string },
): Promise<TagRow | undefined> {
  const { rows } = await tx.query<TagRow>(
    `select ${columns} ${from} where t.workspace_id = $1 and lower(t.name) = lower($2)`,
    [workspaceId, name],
  );
  return rows[0];
}

export async function updateTagName(
  tx: Tx,
  { id, name }: { id: number; name: string },
): Promise<void> {
  await tx.query(`update tags set name = $2 where id = $1`, [id, name]);
}

/** IDs of the tags of these names; those missing are made. */
export async function ensureTags(
  tx: Tx,
  { workspaceId, names, now }: { workspaceId: number; names: string[]; now: Date },
): Promise<number[]> {
  await tx.query(
    `insert into tags (workspace_id, name, created_at)
     select $1, name, $3 from unnest($2::text[]) as name
     on conflict (workspace_id, lower(name)) do nothing`,
    [workspaceId, names, now],
  );
  const { rows } = await tx.query<{ id: number }>(
    `select t.id from tags t
     where t.workspace_id = $1 and lower(t.name) in (select lower(name) from unnest($2::text[]) as name)`,
    [workspaceId, names],
  );
  return rows.map((row) => row.id);
}

/** IDs of tags in the order of these names; undefined where there is none. Index: tags_name. */
export async function findTagIds(
  db: Db,
  { workspaceId, names }: { workspaceId: number; names: readonly string[] },
): Promise<(number | undefined)[]> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `select id, lower(name) as name from tags
      where workspace_id = $1 and lower(name) in (select lower(wanted) from unnest($2::text[]) as wanted)`,
    [workspaceId, names],
  );
  const ids = new Map(rows.map((row) => [row.name, row.id]));
  return names.map((name) => ids.get(name.toLowerCase()));
}

interface Tagged {
  kind: string;
  id: number;
}

/** Index: tag_links_pkey. */
export async function replaceLinks(
  tx: Tx,
  { object, tagIds }: { object: Tagged; tagIds: number[] },
): Promise<void> {
  await tx.query(
    `delete from tag_links where object_kind = $1 and object_id = $2 and tag_id <> all($3::bigint[])`,
    [object.kind, object.id, tagIds],
  );
  await tx.query(
    `insert into tag_links (object_kind, object_id, tag_id)
     select $1, $2, tag_id from unnest($3::bigint[]) as tag_id
     on conflict do nothing`,
    [object.kind, object.id, tagIds],
  );
}

/** For an object that is deleted. */
export async function deleteTagLinks(tx: Tx, object: Tagged): Promise<void> {
  await tx.query(`delete from tag_links where object_kind = $1 and object_id = $2`, [
    object.kind,
    object.id,
  ]);
}

/** IDs by object; objects without tags are not in it. Index: tag_links_pkey. */
export async function tagIdsOf(
  db: Db,
  { kind, ids }: { kind: string; ids: number[] },
): Promise<Map<number, number[]>> {
  const { rows } = await db.query<{ object_id: number; tag_id: number }>({
    name: 'tag_ids_of',
    text: `select object_id, tag_id from tag_links where object_kind = $1 and object_id = any($2::bigint[])`,
    values: [kind, ids],
  });
  const byObject = Map.groupBy(rows, (row) => row.object_id);
  return new Map([...byObject].map(([id, links]) => [id, links.map((link) => link.tag_id)]));
}

/** All tags of a workspace. */
export async function listTagIds(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(`select id from tags where workspace_id = $1`, [
    workspaceId,
  ]);
  return rows.map((row) => row.id);
}

/** Names of these tags, by ID. */
export async function namesOfTags(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: number[] },
): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `select id, name from tags where workspace_id = $1 and id = any($2::bigint[])`,
    [workspaceId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Names by object, in order of name; objects without tags are not in it. Index: tag_links_pkey. */
export async function tagNamesOf(
  db: Db,
  { kind, ids }: { kind: string; ids: number[] },
): Promise<Map<number, string[]>> {
  const { rows } = await db.query<{ object_id: number; names: string[] }>(
    `select l.object_id, array_agg(t.name order by lower(t.name)) as names
     from tag_links l join tags t on t.id = l.tag_id
     where l.object_kind = $1 and l.object_id = any($2::bigint[])
     group by l.object_id`,
    [kind, ids],
  );
  return new Map(rows.map((row) => [row.object_id, row.names]));
}
