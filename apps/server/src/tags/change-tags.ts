import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { removeTags } from './removed-queries.ts';
import { findTagByName, insertTag, lockTag, updateTagName, type TagRow } from './queries.ts';

interface TagId {
  workspaceId: number;
  id: number;
  by: Origin;
}

export async function createTag(
  tx: Tx,
  { workspaceId, name, by }: { workspaceId: number; name: string; by: Origin },
): Promise<TagRow> {
  const tag = await insertTag(tx, { workspaceId, name, now: by.at });
  if (!tag) throw nameTaken(name);
  await writeAudit(tx, {
    by,
    action: 'tag.create',
    object: { kind: 'tag', id: tag.id },
    after: { name },
  });
  return tag;
}

/** Everything that has the tag keeps it, under the new name. */
export async function renameTag(
  tx: Tx,
  { workspaceId, id, name, by }: TagId & { name: string },
): Promise<TagRow> {
  const tag = await lockTag(tx, { workspaceId, id });
  if (!tag) throw notFound('tag');
  const other = await findTagByName(tx, { workspaceId, name });
  if (other && other.id !== id) throw nameTaken(name);
  await updateTagName(tx, { id, name });
  await writeAudit(tx, {
    by,
    action: 'tag.rename',
    object: { kind: 'tag', id },
    before: { name: tag.name },
    after: { name },
  });
  return { ...tag, name };
}

/** What had it is remembered, so that the tag can be brought back. */
export async function deleteTag(tx: Tx, { workspaceId, id, by }: TagId): Promise<void> {
  const tag = await lockTag(tx, { workspaceId, id });
  if (!tag) throw notFound('tag');
  await removeTags(tx, { workspaceId, ids: [id], now: by.at });
  await writeAudit(tx, {
    by,
    action: 'tag.delete',
    object: { kind: 'tag', id },
    before: { name: tag.name, uses: tag.uses },
  });
}

export function nameTaken(name: string): Problem {
  return new Problem('already_exists', { detail: `There is a tag "${name}" already.` });
}
