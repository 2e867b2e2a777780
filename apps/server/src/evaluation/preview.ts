import type { Definition, EventContent } from '@perennial/conditions';
import { fieldTypesOf, type ContactQuestions, type CustomRules } from '../contacts/index.ts';
import { sqlState, type Pool } from '../db/index.ts';
import { Problem, type WorkspaceRef } from '../http/index.ts';
import { segmentsIn } from '../segments/index.ts';
import { evaluateSet } from './set/evaluate-set.ts';

/** A person waits and draws meanwhile; a segment that takes longer is computed all the same. */
const PATIENCE_MS = 15_000;

export interface Previewed {
  count: number;
  /** IDs. */
  sample: number[];
  tookMs: number;
}

/** How many would be members now, and ten of them; given up when whoever asked has gone. */
export async function previewRule(
  db: Pool,
  {
    workspace: { id: workspaceId, timeZone: workspaceZone, currency: workspaceCurrency },
    definition,
    rules,
    questions,
    now,
    trigger,
    signal,
  }: {
    workspace: WorkspaceRef;
    definition: Definition;
    rules: CustomRules;
    questions: ContactQuestions;
    now: Date;
    /** The event that `$event` leads into. */
    trigger?: EventContent | undefined;
    signal: AbortSignal;
  },
): Promise<Previewed> {
  const segmentIds = segmentsIn(definition).map(Number);
  const settled = await questions.settled?.(db, { workspaceId, segmentIds, now });
  const began = performance.now();
  const { count, sample } = await evaluateSet(
    db,
    {
      rule: definition,
      workspaceId,
      workspaceZone,
      workspaceCurrency,
      now,
      fields: fieldTypesOf(rules),
      questions: settled ?? questions,
      trigger,
    },
    { wanted: 'sample', timeoutMs: PATIENCE_MS, signal },
  ).catch((error: unknown) => {
    if (sqlState(error) !== '57014' || signal.aborted) throw error;
    throw new Problem('too_much', {
      detail:
        `Counting takes longer than ${PATIENCE_MS / 1000} seconds. The segment can be saved: its ` +
        'members are found in the background.',
      cause: error,
    });
  });
  return { count, sample, tookMs: Math.round(performance.now() - began) };
}
