import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import type { Candidate } from './candidate.ts';
import { zoneOf } from '../evaluation/index.ts';
import { createCounts } from './counts.ts';
import type { Refusal } from './queries.ts';
import { DEEPEST_CAUSE } from './refuse-facts.ts';
import { recordRefusals, startRuns } from './start-runs.ts';

/** A start by a person, the API or another workflow. */
export interface HandStart {
  workspaceId: number;
  contactId: number;
  workflowId: number;
  params: JsonObject;
  test?: boolean | undefined;
  depth?: number | undefined;
  source: string;
  receivedAt: number;
}

export type HandStarted = { ok: true; runId: number } | { ok: false; reason: string };

/** Starts runs by hand, under the same checks as any start. Answers in the order of the starts. */
export async function startRunsByHand(
  tx: Tx,
  capabilities: RunCapabilities,
  {
    starts,
    index,
    contacts,
    now,
  }: {
    starts: readonly HandStart[];
    index: WorkflowIndex;
    contacts: ReadonlyMap<number, ContactState>;
    now: number;
  },
): Promise<HandStarted[]> {
  if (starts.length === 0) return [];
  const counts = createCounts();
  const planned = starts.map((start) => plan(start, index, contacts));
  const candidates = planned.flatMap((entry) => ('candidate' in entry ? [entry.candidate] : []));
  await recordRefusals(tx, {
    refusals: planned.flatMap((entry) => ('refusal' in entry ? [entry.refusal] : [])),
    counts,
  });
  const outcomes = await startRuns(tx, capabilities, { candidates, counts, now });
  await counts.write(tx, { slot: anySlot(capabilities, starts[0]!.contactId), now });
  return planned.map((entry): HandStarted => {
    if ('refusal' in entry) return { ok: false, reason: entry.refusal.reason };
    if ('unknown' in entry) return { ok: false, reason: 'unknown' };
    const outcome = outcomes.get(entry.candidate)!;
    return outcome.ok ? outcome : { ok: false, reason: outcome.refusal.reason };
  });
}

type Plan =
  | { candidate: Candidate }
  | { refusal: Refusal & { version: number } }
  /** Of another workspace, or never published. */
  | { unknown: true };

function plan(
  start: HandStart,
  index: WorkflowIndex,
  contacts: ReadonlyMap<number, ContactState>,
): Plan {
  const workspace = index.workspaces.get(start.workspaceId);
  const workflow = workspace?.workflows.get(start.workflowId);
  if (!workspace || !workflow) return { unknown: true };
  const contact = contacts.get(start.contactId);
  const version = workflow.published;
  const depth = start.depth ?? 0;
  if (!version || workflow.state !== 'active') return refused(start, 'inactive', version?.version);
  if (!contact || contact.deletedAt !== null) return refused(start, 'deleted', version.version);
  if (depth > DEEPEST_CAUSE) return refused(start, 'loop', version.version);
  return {
    candidate: {
      workflow,
      version,
      workspaceZone: workspace.zone,
      contactZone: zoneOf(contact),
      contactId: start.contactId,
      key: '',
      startedAt: start.receivedAt,
      context: { kind: 'manual', source: start.source, params: start.params },
      depth,
      test: start.test ?? false,
    },
  };
}

function refused(start: HandStart, reason: string, version = 0): Plan {
  const { contactId, workspaceId, workflowId, receivedAt: at } = start;
  return { refusal: { contactId, workspaceId, workflowId, version, key: '', reason, at } };
}
