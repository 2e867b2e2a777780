import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, type Origin } from '../http/index.ts';
import { nameTaken } from './change-tags.ts';
import { lockTag, type TagRow } from './queries.ts';
import { bringBack, lockRemoved } from './removed-queries.ts';

/**
 * Brings back tags that were deleted or merged away, on all that had them; what got another tag
 * only by the merging loses that one again.
 */
export async function restoreTags(
  tx: Tx,
  { workspaceId, ids, by }: { workspaceId: number; ids: readonly number[]; by: Origin },
): Promise<TagRow[]> {
  const wanted = [...new Set(ids)];
  const removed = await lockRemoved(tx, { workspaceId, ids: wanted });
  if (removed.length < wanted.length) throw notFound('tag');
  const tags: TagRow[] = [];
  for (const { id, name } of removed) {
    if (!(await bringBack(tx, { id }))) throw nameTaken(name);
    await writeAudit(tx, {
      by,
      action: 'tag.restore',
      object: { kind: 'tag', id },
      after: { name },
    });
    tags.push((await lockTag(tx, { workspaceId, id }))!);
  }
  return tags;
}
