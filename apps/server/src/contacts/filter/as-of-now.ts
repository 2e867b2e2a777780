import { leavesOf, type BaseCondition, type Node } from '@perennial/conditions';
import type { Db } from '../../db/index.ts';
import type { ContactQuestions } from './contact-sources.ts';

/**
 * The questions of a filter, answered as of now: what time did to the segments that it asks for may
 * not have been written down yet.
 */
export async function asOfNow(
  db: Db,
  {
    questions,
    node,
    workspaceId,
    now,
  }: { questions: ContactQuestions; node: Node; workspaceId: number; now: Date },
): Promise<ContactQuestions> {
  const leaves = [...leavesOf<BaseCondition & { segment?: string }>(node)];
  const segmentIds = leaves.flatMap(({ type, segment }) =>
    type === 'segment' && segment !== undefined ? [Number(segment)] : [],
  );
  if (segmentIds.length === 0 || !questions.settled) return questions;
  return questions.settled(db, { workspaceId, segmentIds, now });
}
