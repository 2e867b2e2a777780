import { durationMs } from '@perennial/blocks';
import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import { FACT_FLAGS, type Fact } from '../events/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { readEntries } from '../segments/index.ts';
import type {
  LiveStop,
  LiveWorkflow,
  WorkflowIndex,
  WorkspaceWorkflows,
} from '../workflows/index.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import type { Candidate } from './candidate.ts';
import { zoneOf } from '../evaluation/index.ts';
import { createCounts, type Counts } from './counts.ts';
import { findActiveRuns, type ActiveRunRow, type Refusal } from './queries.ts';
import { pairKey } from './run-key.ts';
import { recordRefusals, startRuns } from './start-runs.ts';
import { stopRunsNow, type StoppedRun } from './stop-runs.ts';

/** A chain of causes deeper than this starts nothing: it is a loop. */
export const DEEPEST_CAUSE = 10;

export interface MatchOptions {
  index: WorkflowIndex;
  /** A round: at most one fact of a contact, already stored or about to be. */
  facts: readonly Fact[];
  /** The contacts of the facts, with the facts' changes. */
  contacts: ReadonlyMap<number, ContactState>;
  now: number;
}

/** Keys of the event types that a stop or a start of the workspace mentions. */
export function interestingEventTypes(
  index: WorkflowIndex,
  workspaceId: number,
): ReadonlySet<string> {
  return index.workspaces.get(workspaceId)?.eventTypes ?? new Set();
}

/**
 * What a round of facts does to workflows: first it stops runs, then it starts others, so that no
 * fact stops the run it starts. Everything is in the caller's transaction.
 */
export async function matchFacts(
  tx: Tx,
  capabilities: RunCapabilities,
  options: MatchOptions,
): Promise<{ started: number; stopped: number }> {
  const facts = options.facts.filter(
    (fact) =>
      fact.contactId !== 0 && interestingEventTypes(options.index, fact.workspaceId).has(fact.type),
  );
  if (facts.length === 0) return { started: 0, stopped: 0 };
  const counts = createCounts();
  const stopped = await applyStops(tx, capabilities, { ...options, facts, counts });
  const started = await applyStarts(tx, capabilities, { ...options, facts, counts });
  const slot = anySlot(capabilities, facts[0]!.contactId);
  await counts.write(tx, { slot, now: options.now });
  return { started, stopped };
}

interface Matching extends MatchOptions {
  counts: Counts;
}

async function applyStops(
  tx: Tx,
  { cancelDeliveries }: RunCapabilities,
  options: Matching,
): Promise<number> {
  const { counts, now } = options;
  const stops = options.facts.flatMap((fact) => stopsOf(fact, options));
  if (stops.length === 0) return 0;
  const active = await findActiveRuns(tx, {
    contactIds: unique(stops.map(({ fact }) => fact.contactId)),
    workflowIds: unique(stops.map(({ live }) => live.workflow.id)),
  });
  const byPair = Map.groupBy(active, (run) => pairKey(run.contact_id, run.workflow_id));
  const stopped = new Map<number, StoppedRun>();
  for (const { fact, live } of stops) {
    for (const run of byPair.get(pairKey(fact.contactId, live.workflow.id)) ?? []) {
      if (stopped.has(run.id) || !acts(fact, live, run)) continue;
      stopped.set(run.id, { run, reason: live.stop.reason, factId: fact.id });
    }
  }
  await stopRunsNow(tx, { stopped: [...stopped.values()], counts, cancelDeliveries, now });
  return stopped.size;
}

function stopsOf(fact: Fact, { index, contacts }: Matching): { fact: Fact; live: LiveStop }[] {
  const workspace = index.workspaces.get(fact.workspaceId)!;
  const clock = clockOf(fact, workspace, contacts.get(fact.contactId));
  return (workspace.stopsByEvent.get(fact.type) ?? [])
    .filter(({ stop }) => stop.passes(fact, clock))
    .map((live) => ({ fact, live }));
}

/** Runs follow the stops of their own version. */
function acts(fact: Fact, { version, stop }: LiveStop, run: ActiveRunRow): boolean {
  if (run.version !== version.version) return false;
  if (stop.sameKey && version.keyOf(fact) !== run.key) return false;
  const lookback = stop.lookback ? durationMs(stop.lookback) : 0;
  return fact.occurredAt >= run.began_at.getTime() - lookback;
}

async function applyStarts(
  tx: Tx,
  capabilities: RunCapabilities,
  options: Matching,
): Promise<number> {
  const { counts, now } = options;
  const candidates: Candidate[] = [];
  const refusals: (Refusal & { version: number })[] = [];
  const entries = await loadEntries(tx, options);
  for (const fact of options.facts) {
    const workspace = options.index.workspaces.get(fact.workspaceId)!;
    for (const workflow of workspace.startsByEvent.get(fact.type) ?? []) {
      const contact = options.contacts.get(fact.contactId);
      const segments = entries.get(fact.contactId);
      const start = { fact, workspace, workflow, contact, segments };
      const refusal = refusalOf(start);
      if (refusal === undefined) candidates.push(candidateOf(start));
      else if (SILENT.has(refusal)) {
        const { version } = workflow.published!;
        const what = `not_started:${refusal}` as const;
        counts.add({ workflowId: workflow.id, version, block: '', what });
      } else refusals.push({ ...refusalRow(start), reason: refusal });
    }
  }
  await recordRefusals(tx, { refusals, counts });
  const outcomes = await startRuns(tx, capabilities, { candidates, counts, now });
  return [...outcomes.values()].filter((outcome) => outcome.ok).length;
}

/** Refusals so common that a row for each would only fill the disk: they are counted. */
const SILENT: ReadonlySet<string> = new Set(['inactive', 'where']);

interface Start {
  fact: Fact;
  workspace: WorkspaceWorkflows;
  workflow: LiveWorkflow;
  contact: ContactState | undefined;
  /** Since when the contact is in segments that starts ask for. */
  segments: ReadonlyMap<string, number> | undefined;
}

/** Memberships that the starts of these facts ask for; most ask for none. */
async function loadEntries(
  tx: Tx,
  { index, facts }: Matching,
): Promise<Map<number, Map<string, number>>> {
  const asked = facts.flatMap(({ contactId, workspaceId, type }) =>
    (index.workspaces.get(workspaceId)!.startsByEvent.get(type) ?? []).flatMap((workflow) => {
      const segmentId = workflow.published!.eventStart!.segment;
      return segmentId === undefined ? [] : [{ contactId, segmentId }];
    }),
  );
  if (asked.length === 0) return new Map();
  return readEntries(tx, {
    contactIds: unique(asked.map(({ contactId }) => contactId)),
    segmentIds: unique(asked.map(({ segmentId }) => segmentId)),
  });
}

/** The checks that need nothing but the fact, its contact and its segments, in the language's order. */
function refusalOf({ fact, workspace, workflow, contact, segments }: Start): string | undefined {
  const { eventStart } = workflow.published!;
  if (workflow.state !== 'active') return 'inactive';
  if (!contact || contact.deletedAt !== null) return 'deleted';
  if (!eventStart!.passes(fact, clockOf(fact, workspace, contact))) return 'where';
  const { segment } = eventStart!;
  if (segment !== undefined && !segments?.has(String(segment))) return 'segment';
  if ((fact.flags & FACT_FLAGS.past) !== 0) return 'past';
  if (fact.receivedAt - fact.occurredAt > durationMs(eventStart!.maxAge)) return 'late';
  if (fact.depth > DEEPEST_CAUSE) return 'loop';
  return undefined;
}

function candidateOf({ fact, workspace, workflow, contact }: Start): Candidate {
  const version = workflow.published!;
  return {
    workflow,
    version,
    workspaceZone: workspace.zone,
    contactZone: zoneOf(contact),
    contactId: fact.contactId,
    key: version.keyOf(fact),
    startedAt: fact.receivedAt,
    factId: fact.id,
    context: contextOf(fact, version.readsContext),
    depth: fact.depth,
    test: false,
  };
}

/** What `$event` means for as long as the run lives. */
function contextOf(fact: Fact, withContext: boolean): JsonObject {
  return {
    kind: 'event',
    event: fact.type,
    event_id: String(fact.id),
    occurred_at: new Date(fact.occurredAt).toISOString(),
    source: fact.source,
    params: fact.params,
    ...(fact.key !== undefined && { key: fact.key }),
    ...(withContext && fact.context && { context: fact.context }),
  };
}

function refusalRow({ fact, workflow }: Start): Omit<Refusal, 'reason'> & { version: number } {
  const version = workflow.published!;
  return {
    contactId: fact.contactId,
    workspaceId: fact.workspaceId,
    workflowId: workflow.id,
    version: version.version,
    key: version.keyOf(fact),
    details: { event: fact.type, occurred_at: new Date(fact.occurredAt).toISOString() },
    at: fact.receivedAt,
  };
}

/** Filters see the instant of arrival, however long the fact stood in the queue. */
function clockOf(fact: Fact, { zone }: WorkspaceWorkflows, contact: ContactState | undefined) {
  return { now: fact.receivedAt, workspaceZone: zone, contactZone: zoneOf(contact) };
}

function unique<Value>(values: Value[]): Value[] {
  return [...new Set(values)];
}
