import type { Tx } from '../db/index.ts';

const KEPT_DAYS = 30;

export interface TagsToRemove {
  workspaceId: number;
  ids: readonly number[];
  /** The tag that takes over what they are on. */
  into?: number;
  now: Date;
}

/** Takes tags away with their links, and notes both. Indexes: tags_pkey, tag_links_of_tag. */
export async function removeTags(
  tx: Tx,
  { workspaceId, ids, into, now }: TagsToRemove,
): Promise<void> {
  await forgetOld(tx, { workspaceId, now });
  await tx.query(
    `insert into removed_tags (id, workspace_id, name, created_at, removed_at, merged_into)
     select id, workspace_id, name, created_at, $3, $4 from tags
      where workspace_id = $1 and id = any($2::bigint[])`,
    [workspaceId, ids, now, into ?? null],
  );
  await tx.query(
    `insert into removed_tag_links (tag_id, object_kind, object_id, passed_on)
     select l.tag_id, l.object_kind, l.object_id,
            $2::bigint is not null and not exists (
              select from tag_links kept
               where kept.tag_id = $2 and kept.object_kind = l.object_kind
                 and kept.object_id = l.object_id)
       from tag_links l
      where l.tag_id = any($1::bigint[])`,
    [ids, into ?? null],
  );
  if (into !== undefined) await passLinksOn(tx, { ids, into });
  await tx.query(`delete from tags where workspace_id = $1 and id = any($2::bigint[])`, [
    workspaceId,
    ids,
  ]);
}

async function forgetOld(
  tx: Tx,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<void> {
  await tx.query(`delete from removed_tags where workspace_id = $1 and removed_at < $2`, [
    workspaceId,
    new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000),
  ]);
}

async function passLinksOn(
  tx: Tx,
  { ids, into }: { ids: readonly number[]; into: number },
): Promise<void> {
  await tx.query(
    `insert into tag_links (object_kind, object_id, tag_id)
     select distinct object_kind, object_id, $2::bigint from tag_links where tag_id = any($1::bigint[])
         on conflict do nothing`,
    [ids, into],
  );
}

/** How many objects have one of these tags and not yet the one that takes over. */
export async function countPassedOn(
  tx: Tx,
  { ids, into }: { ids: readonly number[]; into: number },
): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    `select count(distinct (l.object_kind, l.object_id))::int as n
       from tag_links l
      where l.tag_id = any($1::bigint[])
        and not exists (select from tag_links kept
                         where kept.tag_id = $2 and kept.object_kind = l.object_kind
                           and kept.object_id = l.object_id)`,
    [ids, into],
  );
  return rows[0]!.n;
}

export interface RemovedTagRow {
  id: number;
  name: string;
  merged_into: number | null;
}

/** Locks them until the transaction ends. */
export async function lockRemoved(
  tx: Tx,
  { workspaceId, ids }: { workspaceId: number; ids: readonly number[] },
): Promise<RemovedTagRow[]> {
  const { rows } = await tx.query<RemovedTagRow>(
    `select id, name, merged_into from removed_tags
      where workspace_id = $1 and id = any($2::bigint[])
      order by id for update`,
    [workspaceId, ids],
  );
  return rows;
}

/** Puts a tag back as it was, under its ID; false when its name is taken meanwhile. */
export async function bringBack(tx: Tx, { id }: { id: number }): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into tags (id, workspace_id, name, created_at) overriding system value
     select id, workspace_id, name, created_at from removed_tags where id = $1
         on conflict (workspace_id, lower(name)) do nothing`,
    [id],
  );
  if (rowCount === 0) return false;
  await tx.query(
    `delete from tag_links l using removed_tags r, removed_tag_links was
      where r.id = $1 and was.tag_id = r.id and was.passed_on
        and l.tag_id = r.merged_into and l.object_kind = was.object_kind
        and l.object_id = was.object_id`,
    [id],
  );
  await tx.query(
    `insert into tag_links (object_kind, object_id, tag_id)
     select object_kind, object_id, tag_id from removed_tag_links where tag_id = $1`,
    [id],
  );
  await tx.query(`delete from removed_tags where id = $1`, [id]);
  return true;
}
