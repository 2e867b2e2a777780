import type { Db, Tx } from '../../db/index.ts';
import type { BlockContent, BlockToPlace } from './block-content.ts';

export interface BlockRow {
  id: number;
  key: string;
  name: string;
  default_language: string;
  version: number;
  content: Record<string, BlockContent>;
  /** Messages whose current version was made with it. */
  messages: number;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `b.id, b.key, b.name, b.default_language, b.version, v.content,
  (select count(*) from message_blocks m where m.block_id = b.id) as messages, b.created_at, b.updated_at`;
const FROM = `from content_blocks b
  join content_block_versions v on v.block_id = b.id and v.version = b.version`;

export async function findBlock(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<BlockRow | undefined> {
  const { rows } = await db.query<BlockRow>(
    `select ${COLUMNS} ${FROM} where b.workspace_id = $1 and b.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** By name. A workspace has dozens: the index content_blocks_key brings them all. */
export async function listBlocks(
  db: Db,
  {
    workspaceId,
    search,
    after,
    limit,
  }: {
    workspaceId: number;
    search: string | undefined;
    after: [string, number] | undefined;
    limit: number;
  },
): Promise<BlockRow[]> {
  const { rows } = await db.query<BlockRow>(
    `select ${COLUMNS} ${FROM}
      where b.workspace_id = $1
        and ($2::text is null or position(lower($2) in lower(b.name)) > 0 or b.key = lower($2))
        and ($3::text is null or (lower(b.name), b.id) > ($3, $4::bigint))
      order by lower(b.name), b.id
      limit $5`,
    [workspaceId, search ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

/** Index content_blocks_key. */
export async function loadNewest(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: readonly string[] },
): Promise<BlockToPlace[]> {
  const { rows } = await db.query<BlockToPlace>(
    `select b.id, b.key, b.version, b.default_language as "defaultLanguage", v.content ${FROM}
      where b.workspace_id = $1 and b.key = any($2::text[])`,
    [workspaceId, keys],
  );
  return rows;
}

export async function listBlockVersions(
  db: Db,
  { blockId }: { blockId: number },
): Promise<
  {
    version: number;
    content: Record<string, BlockContent>;
    created_at: Date;
    created_by: string | null;
  }[]
> {
  const { rows } = await db.query<{
    version: number;
    content: Record<string, BlockContent>;
    created_at: Date;
    created_by: string | null;
  }>(
    `select version, content, created_at, created_by from content_block_versions
      where block_id = $1 order by version desc limit 200`,
    [blockId],
  );
  return rows;
}

/**
 * Keeps others from changing blocks of the workspace: which block is in which can only be judged as
 * a whole. In the order in which messages lock theirs.
 */
export async function lockBlocks(tx: Tx, { workspaceId }: { workspaceId: number }): Promise<void> {
  await tx.query(
    `select 1 from content_blocks where workspace_id = $1 order by id for no key update`,
    [workspaceId],
  );
}

export async function countBlocks(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from content_blocks where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.n ?? 0;
}

/** Undefined when the key is taken. */
export async function insertBlock(
  tx: Tx,
  block: {
    workspaceId: number;
    key: string;
    name: string;
    defaultLanguage: string;
    now: Date;
  },
): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into content_blocks (workspace_id, key, name, default_language, version, created_at, updated_at)
     values ($1, $2, $3, $4, 1, $5, $5)
         on conflict on constraint content_blocks_key do nothing
     returning id`,
    [block.workspaceId, block.key, block.name, block.defaultLanguage, block.now],
  );
  return rows[0]?.id;
}

export async function updateBlock(
  tx: Tx,
  block: { id: number; name: string; defaultLanguage: string; version: number; now: Date },
): Promise<void> {
  await tx.query(
    `update content_blocks set name = $2, default_language = $3, version = $4, updated_at = $5
      where id = $1`,
    [block.id, block.name, block.defaultLanguage, block.version, block.now],
  );
}

export async function insertBlockVersion(
  tx: Tx,
  version: {
    blockId: number;
    version: number;
    content: Record<string, BlockContent>;
    now: Date;
    by: string;
  },
): Promise<void> {
  await tx.query(
    `insert into content_block_versions (block_id, version, content, created_at, created_by)
     values ($1, $2, $3, $4, $5)`,
    [version.blockId, version.version, JSON.stringify(version.content), version.now, version.by],
  );
}

export async function deleteBlock(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from content_blocks where id = $1`, [id]);
}

/** Which block is directly in which, of a workspace. */
export async function loadLinks(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<{ block_id: number; child_id: number }[]> {
  const { rows } = await db.query<{ block_id: number; child_id: number }>(
    `select l.block_id, l.child_id
       from content_blocks b join content_block_links l on l.block_id = b.id
      where b.workspace_id = $1`,
    [workspaceId],
  );
  return rows;
}

export async function replaceBlockLinks(
  tx: Tx,
  { blockId, childIds }: { blockId: number; childIds: readonly number[] },
): Promise<void> {
  await tx.query(
    `delete from content_block_links where block_id = $1 and child_id <> all($2::bigint[])`,
    [blockId, childIds],
  );
  await tx.query(
    `insert into content_block_links (block_id, child_id)
     select $1, child_id from unnest($2::bigint[]) as child_id
         on conflict do nothing`,
    [blockId, childIds],
  );
}

/**
 * The present versions of some blocks, which nobody changes or deletes until the commit. Those that
 * are gone are missing.
 */
export async function holdVersions(
  tx: Tx,
  { ids }: { ids: readonly number[] },
): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ id: number; version: number }>(
    `select id, version from content_blocks where id = any($1::bigint[]) order by id for share`,
    [ids],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

export async function replaceMessageBlocks(
  tx: Tx,
  { messageId, blocks }: { messageId: number; blocks: readonly BlockToPlace[] },
): Promise<void> {
  await tx.query(`delete from message_blocks where message_id = $1`, [messageId]);
  await tx.query(
    `insert into message_blocks (message_id, block_id, block_version)
     select $1, block_id, block_version
       from unnest($2::bigint[], $3::integer[]) as row (block_id, block_version)`,
    [messageId, blocks.map(({ id }) => id), blocks.map(({ version }) => version)],
  );
}

export interface BlockUse {
  kind: 'message' | 'block';
  id: number;
  name: string;
  channel: string | null;
  /** The version that it was made with; of a block that has it, none. */
  block_version: number | null;
  archived: boolean;
}

/** Messages that were made with a block, and blocks that have it themselves. Indexes: message_blocks_block, content_block_links_child. */
export async function listUses(db: Db, { blockId }: { blockId: number }): Promise<BlockUse[]> {
  const { rows } = await db.query<BlockUse>(
    `select 'block' as kind, b.id, b.name, null as channel, null::integer as block_version, false as archived
       from content_block_links l join content_blocks b on b.id = l.block_id
      where l.child_id = $1
      union all
     (select 'message', m.id, m.name, m.channel, u.block_version, m.archived_at is not null
        from message_blocks u join messages m on m.id = u.message_id
       where u.block_id = $1
       order by m.id desc
       limit 1000)`,
    [blockId],
  );
  return rows;
}

/** The next message behind this one that was made with an older version of the block, or of one in it. */
export async function nextStale(
  db: Db,
  { blockId, after }: { blockId: number; after: number },
): Promise<{ id: number; workspace_id: number; name: string } | undefined> {
  const { rows } = await db.query<{ id: number; workspace_id: number; name: string }>(
    `select m.id, m.workspace_id, m.name
       from message_blocks u
       join content_blocks b on b.id = u.block_id
       join messages m on m.id = u.message_id
      where u.block_id = $1 and u.block_version <> b.version and m.id > $2
      order by m.id
      limit 1`,
    [blockId, after],
  );
  return rows[0];
}

export async function countStale(db: Db, { blockId }: { blockId: number }): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n
       from message_blocks u join content_blocks b on b.id = u.block_id
      where u.block_id = $1 and u.block_version <> b.version`,
    [blockId],
  );
  return rows[0]?.n ?? 0;
}
