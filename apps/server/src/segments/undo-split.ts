import type { Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import { changeSegment, readSegment } from './change-segment.ts';
import { findMoved } from './membership-log.ts';
import { lockSegment } from './queries.ts';
import { usedBy, usesOf, type FindSegmentUses } from './refuse-used.ts';
import type { SegmentRow } from './segment-row.ts';

interface Split {
  workspaceId: number;
  by: Origin;
  /** The lists that it made. */
  ids: number[];
  findSegmentUses: FindSegmentUses;
}

/**
 * Deletes the lists that a split made, as lists are deleted: they can be brought back one by one.
 * Throws `conflict` when somebody has made one of them their own since.
 */
export async function undoSplit(tx: Tx, split: Split): Promise<void> {
  const { workspaceId, by } = split;
  const parts = await lockOpen(tx, split);
  if (parts.length === 0) {
    throw new Problem('conflict', { detail: 'The lists that it made are deleted already.' });
  }
  const reasons = await whyKept(tx, split, parts);
  if (reasons.length > 0) {
    throw new Problem('conflict', { detail: `The lists stay: ${reasons.join('; ')}.` });
  }
  for (const { id } of parts) await changeSegment(tx, { workspaceId, by, id, archived: true });
}

async function lockOpen(tx: Tx, { workspaceId, ids }: Split): Promise<SegmentRow[]> {
  const parts: SegmentRow[] = [];
  for (const id of ids.toSorted((a, b) => a - b)) {
    await lockSegment(tx, { workspaceId, id });
    parts.push(await readSegment(tx, { workspaceId, id }));
  }
  return parts.filter((part) => part.archived_at === null);
}

async function whyKept(
  tx: Tx,
  { workspaceId, findSegmentUses }: Split,
  parts: SegmentRow[],
): Promise<string[]> {
  const moved = await findMoved(tx, { workspaceId, segments: parts, but: OWN_CAUSES });
  const reasons: string[] = [];
  for (const { id, name, updated_at: changedAt, created_at: madeAt } of parts) {
    const uses = await usesOf(tx, findSegmentUses, { workspaceId, segmentId: id });
    if (uses.length > 0) reasons.push(`"${name}" is ${usedBy(uses)}`);
    if (changedAt > madeAt) reasons.push(`"${name}" was renamed or described anew`);
    if (moved.has(id)) reasons.push(`contacts were put into "${name}" or taken out since`);
  }
  return reasons;
}

/** The split itself, and what lists do when a contact goes and comes back. */
const OWN_CAUSES = ['split', 'contact_deleted', 'contact_restored'];
