import type { segmentDetailSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { Problem } from '../http/index.ts';
import { findUsingSegments } from './find-rule-uses.ts';

type Use = z.output<typeof segmentDetailSchema>['used_by'][number];

/** What refers to a segment; rooms to the right know. */
export type FindSegmentUses = (
  db: Db,
  options: { workspaceId: number; segmentId: number },
) => Promise<Use[]>;

/** Whose rules name the segment, and what else would miss it. */
export async function usesOf(
  db: Db,
  findSegmentUses: FindSegmentUses,
  which: { workspaceId: number; segmentId: number },
): Promise<Use[]> {
  return [...(await findUsingSegments(db, which)), ...(await findSegmentUses(db, which))];
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
