import { isDeepStrictEqual } from 'node:util';
import { changesBetween, writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import { enqueueJob } from '../../jobs/index.ts';
import { deleteTagLinks, linkTags, tagNamesOf } from '../../tags/index.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import { MOST_DEEP, type BlockContent } from './block-content.ts';
import { checkBlock } from './check-block.ts';
import { blocksOf, keysIn } from './load-blocks.ts';
import { longestChain } from './longest-chain.ts';
import {
  countBlocks,
  countStale,
  deleteBlock,
  findBlock,
  insertBlock,
  insertBlockVersion,
  listUses,
  loadLinks,
  loadNewest,
  lockBlocks,
  replaceBlockLinks,
  updateBlock,
  type BlockRow,
} from './queries.ts';
import { RENEW } from './renew-work.ts';

/** Beyond them a library is no library. */
const MOST_BLOCKS = 500;

export type BlockWithTags = BlockRow & { tags: string[] };

export interface BlockToCreate {
  workspaceId: number;
  by: Origin;
  key: string;
  name: string;
  content: Record<string, BlockContent>;
  default_language?: string | undefined;
  tags?: readonly string[];
}

export async function createBlock(
  db: Pool,
  { renderPool }: { renderPool: RenderPool },
  block: BlockToCreate,
): Promise<BlockWithTags> {
  const { workspaceId, by, key, name, content, tags = [] } = block;
  const defaultLanguage = block.default_language ?? Object.keys(content)[0] ?? 'en';
  await refuseFaults(db, renderPool, { workspaceId, key: undefined, content, defaultLanguage });
  return inTransaction(db, async (tx) => {
    await lockBlocks(tx, { workspaceId });
    if ((await countBlocks(tx, { workspaceId })) >= MOST_BLOCKS) {
      throw new Problem('conflict', { detail: `A workspace has at most ${MOST_BLOCKS} blocks.` });
    }
    const now = by.at;
    const id = await insertBlock(tx, { workspaceId, key, name, defaultLanguage, now });
    if (id === undefined) {
      throw new Problem('already_exists', { detail: `There is a block with the key "${key}".` });
    }
    await insertBlockVersion(tx, { blockId: id, version: 1, content, now, by: by.actor.name });
    await linkChildren(tx, { workspaceId, id, content });
    await linkTags(tx, { workspaceId, object: tagged(id), names: tags, now });
    const created = await readBlock(tx, { workspaceId, id });
    await writeAudit(tx, {
      by,
      action: 'content_block.create',
      object: tagged(id),
      after: auditView(created),
    });
    return created;
  });
}

export interface BlockToChange {
  workspaceId: number;
  id: number;
  by: Origin;
  name?: string | undefined;
  content?: Record<string, BlockContent> | undefined;
  default_language?: string | undefined;
  tags?: readonly string[] | undefined;
}

export interface ChangedBlock {
  block: BlockWithTags;
  /** The long work that brings it into the messages that have it. */
  renewing: number | null;
}

/** Changed content is a new version; the messages that have it get it by long work begun with it. */
export async function changeBlock(
  db: Pool,
  { renderPool }: { renderPool: RenderPool },
  change: BlockToChange,
): Promise<ChangedBlock> {
  const { workspaceId, id } = change;
  const present = await readBlock(db, { workspaceId, id });
  const content = change.content ?? present.content;
  const defaultLanguage = change.default_language ?? present.default_language;
  if (change.content || change.default_language) {
    const { key } = present;
    await refuseFaults(db, renderPool, { workspaceId, key, content, defaultLanguage });
  }
  return inTransaction(db, (tx) => update(tx, change));
}

async function update(tx: Tx, change: BlockToChange): Promise<ChangedBlock> {
  const { workspaceId, id, by, tags } = change;
  const now = by.at;
  await lockBlocks(tx, { workspaceId });
  const before = await readBlock(tx, { workspaceId, id });
  const content = change.content ?? before.content;
  const defaultLanguage = change.default_language ?? before.default_language;
  // Which language stands in for the others is part of what messages are made with.
  const isNew =
    defaultLanguage !== before.default_language || !isDeepStrictEqual(content, before.content);
  const version = isNew ? before.version + 1 : before.version;
  if (isNew) {
    await insertBlockVersion(tx, { blockId: id, version, content, now, by: by.actor.name });
    await linkChildren(tx, { workspaceId, id, content });
  }
  await updateBlock(tx, { id, name: change.name ?? before.name, defaultLanguage, version, now });
  if (tags) await linkTags(tx, { workspaceId, object: tagged(id), names: tags, now });
  const after = await readBlock(tx, { workspaceId, id });
  const changes = changesBetween(auditView(before), auditView(after));
  if (changes) {
    await writeAudit(tx, { by, action: 'content_block.change', object: tagged(id), ...changes });
  }
  const total = isNew ? await countStale(tx, { blockId: id }) : 0;
  if (total === 0) return { block: after, renewing: null };
  const input = { block: id, name: after.name };
  const job = await enqueueJob(tx, { workspaceId, by, kind: RENEW, input, total });
  return { block: after, renewing: job.id };
}

/** What something has in it cannot be deleted: the next change of a message would fail. */
export async function removeBlock(
  db: Pool,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockBlocks(tx, { workspaceId });
    const block = await readBlock(tx, { workspaceId, id });
    const uses = await listUses(tx, { blockId: id });
    if (uses.length > 0) {
      const names = uses.slice(0, 5).map(({ kind, name }) => `the ${kind} "${name}"`);
      const more = uses.length > 5 ? ` and ${uses.length - 5} more` : '';
      throw new Problem('conflict', {
        detail: `It is used by ${names.join(', ')}${more}. Take it out there first.`,
        errors: uses
          .slice(0, 100)
          .map(({ kind, id: user, name }) => ({ path: `/${kind}s/${user}`, message: name })),
      });
    }
    await writeAudit(tx, {
      by,
      action: 'content_block.delete',
      object: tagged(id),
      before: auditView(block),
    });
    await deleteTagLinks(tx, tagged(id));
    await deleteBlock(tx, { id });
  });
}

async function refuseFaults(
  db: Pool,
  renderPool: RenderPool,
  {
    workspaceId,
    key,
    content,
    defaultLanguage,
  }: {
    workspaceId: number;
    key: string | undefined;
    content: Record<string, BlockContent>;
    defaultLanguage: string;
  },
): Promise<void> {
  const { problems } = await checkBlock(renderPool, blocksOf(db, { workspaceId }), {
    key,
    content,
  });
  const errors = Object.hasOwn(content, defaultLanguage)
    ? problems
    : [
        { path: '/default_language', message: `There is no content in ${defaultLanguage}.` },
        ...problems,
      ];
  if (errors.length > 0) throw unprocessable(errors);
}

/** Under the lock: others may have changed what the check saw. */
async function linkChildren(
  tx: Tx,
  {
    workspaceId,
    id,
    content,
  }: { workspaceId: number; id: number; content: Record<string, BlockContent> },
): Promise<void> {
  const keys = keysIn(
    Object.values(content).map((each) => ({ ...each }) as Record<string, string>),
  );
  const children = await loadNewest(tx, { workspaceId, keys });
  const missing = keys.find((key) => !children.some((child) => child.key === key));
  if (missing !== undefined) {
    throw unprocessable([{ path: '/content', message: `There is no shared block "${missing}".` }]);
  }
  const childIds = children.map((child) => child.id);
  await replaceBlockLinks(tx, { blockId: id, childIds });
  const chain = longestChain(await loadLinks(tx, { workspaceId }), id);
  if (chain === 'circle') {
    throw unprocessable([
      { path: '/content', message: 'Blocks would be in each other in a circle.' },
    ]);
  }
  if (chain > MOST_DEEP) {
    const message = `With it blocks would be nested ${chain} deep; the most is ${MOST_DEEP}.`;
    throw unprocessable([{ path: '/content', message }]);
  }
}

function unprocessable(errors: { path: string; message: string }[]): Problem {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return new Problem('unprocessable', { detail: detail.slice(0, 500), errors });
}

export async function readBlock(
  db: Pool | Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<BlockWithTags> {
  const block = await findBlock(db, { workspaceId, id });
  if (!block) throw notFound('block');
  const tags = await tagNamesOf(db, { kind: 'content_block', ids: [id] });
  return { ...block, tags: tags.get(id) ?? [] };
}

function tagged(id: number): { kind: string; id: number } {
  return { kind: 'content_block', id };
}

function auditView({ key, name, default_language, version, tags }: BlockWithTags) {
  return { key, name, default_language, version, tags };
}
