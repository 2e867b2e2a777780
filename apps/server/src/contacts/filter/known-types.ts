import { leavesOf, type BaseCondition, type Node } from '@perennial/conditions';
import type { Db } from '../../db/index.ts';
import type { ContactQuestions } from './contact-sources.ts';

const OF_EVENTS: ReadonlySet<string> = new Set(['event', 'message']);

/** IDs of event types by key, if a filter asks for events: of a known type plans are better. */
export async function knownTypes(
  db: Db,
  {
    questions,
    node,
    workspaceId,
  }: { questions: ContactQuestions; node: Node; workspaceId: number },
): Promise<ReadonlyMap<string, number> | undefined> {
  const asks = [...leavesOf<BaseCondition>(node)].some(({ type }) => OF_EVENTS.has(type));
  return asks ? questions.typeIds?.(db, { workspaceId }) : undefined;
}
