import type { EventQuestion } from '@perennial/blocks/steps';
import type { Json } from '@perennial/conditions';
import type { Tx } from '../db/index.ts';
import { findEvents, type FoundEvent } from '../evaluation/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { DueRun } from './due-run.ts';
import { factResult } from './fact-result.ts';

/**
 * Of each question the first event that answers it, of those that were applied after what the run
 * has heard. One statement for each event type.
 */
export async function firstEvents(
  tx: Tx,
  questions: readonly EventQuestion[],
  { index, eventTypes, now }: { index: WorkflowIndex; eventTypes: EventTypeIds; now: number },
): Promise<(Json | undefined)[]> {
  const answers = new Map<EventQuestion, Json>();
  const groups = Map.groupBy(questions, ({ run, event }) => `${run.workspaceId} ${event}`);
  for (const group of groups.values()) {
    const found = Map.groupBy(
      await eventsFor(tx, group, { eventTypes, now }),
      (event) => event.contact_id,
    );
    for (const question of group) {
      const own = found.get(question.run.contactId) ?? [];
      const first = own
        .filter((event) => answersIt(event, question, index))
        .toSorted((a, b) => a.id - b.id)[0];
      if (first) answers.set(question, resultOf(first, question.event));
    }
  }
  return questions.map((question) => answers.get(question));
}

async function eventsFor(
  tx: Tx,
  questions: readonly EventQuestion[],
  { eventTypes, now }: { eventTypes: EventTypeIds; now: number },
): Promise<FoundEvent[]> {
  const { run, event } = questions[0]!;
  const ids = await eventTypes.idsOf(run.workspaceId, [event], new Date(now));
  const byContact = Map.groupBy(questions, (question) => question.run.contactId);
  const wanted = [...byContact].map(([contactId, own]) => ({
    contactId,
    typeId: ids.get(event)!,
    from: Math.min(...own.map(({ since }) => since)),
    withParams: true,
    withContext: true,
  }));
  return findEvents(tx, { wanted });
}

function answersIt(
  event: FoundEvent,
  { run, since, passes, sameKey }: EventQuestion,
  index: WorkflowIndex,
): boolean {
  const { heardUpTo, workflowId, version, key } = run as DueRun;
  if (event.id <= heardUpTo || event.occurred_at.getTime() < since) return false;
  const content = contentOf(event);
  if (sameKey && index.version(workflowId, version).keyOf(content) !== key) return false;
  return passes(content);
}

function contentOf({ params, key, source, context }: FoundEvent) {
  return { params: params ?? {}, key, source, context };
}

function resultOf({ id, key, occurred_at: at, params }: FoundEvent, type: string) {
  return factResult({ id, type, key, occurredAt: at.getTime(), params: params ?? {} });
}
