import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { lockTag, type TagRow } from './queries.ts';
import { countPassedOn, removeTags } from './removed-queries.ts';

export interface TagsToMerge {
  workspaceId: number;
  /** The tags that go away. */
  tags: readonly number[];
  into: number;
  /** Nothing is changed. */
  preview: boolean;
  by: Origin;
}

export interface MergedTags {
  tag: TagRow;
  moved: number;
  removed: number[];
}

/** Everything that has one of the tags has the one that stays, and keeps no other of them. */
export async function mergeTags(
  tx: Tx,
  { workspaceId, tags, into, preview, by }: TagsToMerge,
): Promise<MergedTags> {
  const ids = [...new Set(tags)];
  if (ids.includes(into)) {
    throw new Problem('unprocessable', {
      detail: 'A tag cannot be merged into itself.',
      errors: [{ path: '/into', message: 'Is one of the tags that go away.' }],
    });
  }
  const locked = await lockAll(tx, { workspaceId, ids: [...ids, into] });
  const moved = await countPassedOn(tx, { ids, into });
  if (!preview) {
    await removeTags(tx, { workspaceId, ids, into, now: by.at });
    await writeAudit(tx, {
      by,
      action: 'tag.merge',
      object: { kind: 'tag', id: into },
      before: { tags: ids.map((id) => locked.get(id)!.name) },
      after: { name: locked.get(into)!.name, moved },
    });
  }
  const tag = (await lockTag(tx, { workspaceId, id: into }))!;
  return { tag: preview ? { ...tag, uses: tag.uses + moved } : tag, moved, removed: ids };
}

/** In the order of their IDs, so that two merges do not wait for each other. */
async function lockAll(
  tx: Tx,
  { workspaceId, ids }: { workspaceId: number; ids: readonly number[] },
): Promise<Map<number, TagRow>> {
  const locked = new Map<number, TagRow>();
  for (const id of ids.toSorted((a, b) => a - b)) {
    const tag = await lockTag(tx, { workspaceId, id });
    if (!tag) throw notFound('tag');
    locked.set(id, tag);
  }
  return locked;
}
