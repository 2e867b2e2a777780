import type { segmentDetailSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { Problem } from '../http/index.ts';
import { findUsingSegments } from './find-rule-uses.ts';

type Use = z.output<typeof segmentDetailSchema>['used_by'][number];

/** What refers to segments, by segment; rooms to the right know. */
export type FindSegmentUses = (
  db: Db,
  options: { workspaceId: number; segmentIds: readonly number[] },
) => Promise<Map<number, Use[]>>;

/** Whose rules name these segments, and what else would miss them, by segment. */
export async function usesOfAll(
  db: Db,
  findSegmentUses: FindSegmentUses,
  which: { workspaceId: number; segmentIds: readonly number[] },
): Promise<Map<number, Use[]>> {
  const rules = await findUsingSegments(db, which);
  const others = await findSegmentUses(db, which);
  return new Map(
    which.segmentIds.map((id) => [id, [...(rules.get(id) ?? []), ...(others.get(id) ?? [])]]),
  );
}

/** Whose rules name the segment, and what else would miss it. */
export async function usesOf(
  db: Db,
  findSegmentUses: FindSegmentUses,
  { workspaceId, segmentId }: { workspaceId: number; segmentId: number },
): Promise<Use[]> {
  const uses = await usesOfAll(db, findSegmentUses, { workspaceId, segmentIds: [segmentId] });
  return uses.get(segmentId) ?? [];
}

/** Throws `conflict` when something would miss the segment; `because` begins the sentence. */
export async function refuseUsed(
  db: Db,
  findSegmentUses: FindSegmentUses,
  which: { workspaceId: number; segmentId: number },
  because = '',
): Promise<void> {
  const uses = await usesOf(db, findSegmentUses, which);
  if (uses.length === 0) return;
  const detail = `${because}${because ? 'it' : 'It'} is ${usedBy(uses)}.`;
  throw new Problem('conflict', { detail });
}

/** `used by the workflow "Welcome"` */
export function usedBy(uses: Use[]): string {
  return `used by ${uses.map(({ kind, name }) => `the ${kind} "${name}"`).join(', ')}`;
}
