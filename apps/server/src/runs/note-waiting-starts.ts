import type { Node, SegmentMembership } from '@perennial/conditions';
import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { Fact } from '../events/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type {
  CompiledEventSegmentStart,
  LiveWorkflow,
  WorkflowIndex,
  WorkspaceWorkflows,
} from '../workflows/index.ts';
import { clockOf } from './clock-of.ts';
import { contextOf } from './context-of.ts';
import type { Counts } from './counts.ts';
import type { Refusal } from './queries.ts';
import { loopRefusal, SILENT, timeRefusal } from './refuse-facts.ts';
import { recordRefusals } from './start-runs.ts';
import { insertWaitingStarts, type NewWaitingStart } from './waiting-start-queries.ts';

interface Noting {
  index: WorkflowIndex;
  facts: readonly Fact[];
  contacts: ReadonlyMap<number, ContactState>;
  counts: Counts;
  now: number;
}

/**
 * Notes which of these facts start a workflow for everybody who is in a segment by their values: who
 * that is is found out by itself, since the fact's transaction holds a few slots alone. What is wrong
 * with the fact itself is recorded here, of its contact or of nobody.
 */
export async function noteWaitingStarts(tx: Tx, noting: Noting): Promise<void> {
  const waiting: NewWaitingStart[] = [];
  const refusals: (Refusal & { version: number })[] = [];
  for (const fact of noting.facts) {
    const workspace = noting.index.workspaces.get(fact.workspaceId)!;
    for (const workflow of workspace.startsByEvent.get(fact.type) ?? []) {
      const start = workflow.published!.factStart!;
      if (start.type !== 'event_segment') continue;
      const trial = { fact, workspace, workflow, start };
      const refusal = refusalOf(trial, noting.contacts.get(fact.contactId));
      if (!refusal) waiting.push(waitingStart(trial, noting.now));
      else if (SILENT.has(refusal.reason)) count(trial, refusal.reason, noting.counts);
      else refusals.push({ ...refusalRow(trial), ...refusal });
    }
  }
  await recordRefusals(tx, { refusals, counts: noting.counts });
  await insertWaitingStarts(tx, { waiting });
}

interface Trial {
  fact: Fact;
  workspace: WorkspaceWorkflows;
  workflow: LiveWorkflow;
  start: CompiledEventSegmentStart;
}

/** The checks that are the same for every contact, in the language's order. */
function refusalOf(
  { fact, workspace, workflow, start }: Trial,
  contact: ContactState | undefined,
): { reason: string; details?: JsonObject } | undefined {
  if (workflow.state !== 'active') return { reason: 'inactive' };
  if (!start.passes(fact, clockOf(fact, workspace, contact))) return { reason: 'where' };
  const missing = workspace.eventRules.get(String(start.segment))?.missing(fact) ?? [];
  if (missing.length > 0) {
    return { reason: 'missing_parameter', details: { parameters: [...missing] } };
  }
  const reason = timeRefusal(fact, start.maxAge) ?? loopRefusal(fact);
  return reason && { reason };
}

function waitingStart({ fact, workspace, workflow, start }: Trial, now: number): NewWaitingStart {
  const version = workflow.published!;
  const segment = String(start.segment);
  return {
    workspaceId: fact.workspaceId,
    workflowId: workflow.id,
    version: version.version,
    eventId: fact.id,
    contactId: fact.contactId,
    rule: workspace.eventRules.get(segment)?.definition ?? membersOf(segment),
    context: { ...contextOf(fact, version), segment },
    key: version.keyOf(fact),
    depth: fact.depth,
    receivedAt: fact.receivedAt,
    dueAt: now,
  };
}

/** Of a segment that asks for no event, whoever is in it. */
function membersOf(segment: string): Node {
  const condition: SegmentMembership = { type: 'segment', segment };
  return condition;
}

function count({ workflow }: Trial, reason: string, counts: Counts): void {
  const { version } = workflow.published!;
  counts.add({ workflowId: workflow.id, version, block: '', what: `not_started:${reason}` });
}

function refusalRow({ fact, workflow }: Trial): Omit<Refusal, 'reason'> & { version: number } {
  const version = workflow.published!;
  return {
    contactId: fact.contactId,
    workspaceId: fact.workspaceId,
    workflowId: workflow.id,
    version: version.version,
    key: version.keyOf(fact),
    at: fact.receivedAt,
  };
}
