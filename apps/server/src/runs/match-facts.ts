import { durationMs } from '@perennial/blocks';
import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { Fact } from '../events/index.ts';
import { readEntries } from '../segments/index.ts';
import type {
  CompiledVersion,
  LiveStop,
  LiveWorkflow,
  WorkflowIndex,
  WorkspaceWorkflows,
} from '../workflows/index.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import type { Candidate } from './candidate.ts';
import { zoneOf } from '../evaluation/index.ts';
import { clockOf } from './clock-of.ts';
import { endWaits } from './end-waits.ts';
import { followDates } from './calendar/schedule-dates.ts';
import { changeOf } from './change-of.ts';
import { contextOf } from './context-of.ts';
import { createCounts, type Counts } from './counts.ts';
import { findActiveRuns, type ActiveRunRow, type Refusal } from './queries.ts';
import { noteWaitingStarts } from './note-waiting-starts.ts';
import { pairKey } from './run-key.ts';
import { refusalOf, SILENT, type Start } from './refuse-facts.ts';
import { recordRefusals, startRuns } from './start-runs.ts';
import { stopRunsNow, type StoppedRun } from './stop-runs.ts';

export interface MatchOptions {
  index: WorkflowIndex;
  /** A round: at most one fact of a contact, already stored or about to be. */
  facts: readonly Fact[];
  /** The contacts of the facts, with the facts' changes. */
  contacts: ReadonlyMap<number, ContactState>;
  now: number;
}

/** Keys of the event types that a stop, a wait or a start of the workspace mentions. */
export function interestingEventTypes(
  index: WorkflowIndex,
  workspaceId: number,
): ReadonlySet<string> {
  return index.workspaces.get(workspaceId)?.eventTypes ?? new Set();
}

/**
 * What a round of facts does to workflows: first it stops runs, then it ends waits, then it starts
 * others, so that no fact stops or feeds the run it starts. Starts for everybody in a segment are noted, to be found out by
 * themselves. Everything is in the caller's transaction.
 */
export async function matchFacts(
  tx: Tx,
  capabilities: RunCapabilities,
  options: MatchOptions,
): Promise<{ started: number; stopped: number }> {
  const heard = options.facts.filter(({ workspaceId, type }) =>
    interestingEventTypes(options.index, workspaceId).has(type),
  );
  if (heard.length === 0) return { started: 0, stopped: 0 };
  const counts = createCounts();
  // What is nobody's neither stops nor starts a run of its own.
  const facts = heard.filter(({ contactId }) => contactId !== 0);
  const stopped = await applyStops(tx, capabilities, { ...options, facts, counts });
  await endWaits(tx, { ...options, facts });
  await followDates(tx, { ...options, facts, slots: capabilities.slots });
  const started = await applyStarts(tx, capabilities, { ...options, facts, counts });
  await noteWaitingStarts(tx, { ...options, facts: heard, counts });
  const slot = anySlot(capabilities, heard[0]!.contactId);
  await counts.write(tx, { slot, now: options.now });
  return { started, stopped };
}

interface Matching extends MatchOptions {
  counts: Counts;
}

async function applyStops(
  tx: Tx,
  { cancelDeliveries, moves }: RunCapabilities,
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
      const { id: factId, receivedAt: at } = fact;
      stopped.set(run.id, { run, reason: live.stop.reason, factId, at });
    }
  }
  await stopRunsNow(tx, { stopped: [...stopped.values()], counts, cancelDeliveries, moves, now });
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
    const contact = options.contacts.get(fact.contactId);
    for (const workflow of startedBy(fact, workspace, contact)) {
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

/** Workflows whose start listens to the fact; to entries of its own segment, to its own field. */
function startedBy(
  fact: Fact,
  { startsByEvent }: WorkspaceWorkflows,
  contact: ContactState | undefined,
): LiveWorkflow[] {
  return (startsByEvent.get(fact.type) ?? []).filter(({ published }) => {
    const start = published!.factStart!;
    if (start.type === 'segment') return fact.key === String(start.segment);
    if (start.type === 'field_change') return changeOf(fact, start, contact) !== undefined;
    return start.type === 'event';
  });
}

/** Memberships that the starts of these facts ask for; most ask for none. */
async function loadEntries(
  tx: Tx,
  { index, facts }: Matching,
): Promise<Map<number, Map<string, number>>> {
  const asked = facts.flatMap(({ contactId, workspaceId, type }) =>
    (index.workspaces.get(workspaceId)!.startsByEvent.get(type) ?? []).flatMap((workflow) => {
      const start = workflow.published!.factStart!;
      if (start.type !== 'event' || start.segment === undefined) return [];
      return [{ contactId, segmentId: start.segment }];
    }),
  );
  if (asked.length === 0) return new Map();
  return readEntries(tx, {
    contactIds: unique(asked.map(({ contactId }) => contactId)),
    segmentIds: unique(asked.map(({ segmentId }) => segmentId)),
  });
}

function candidateOf({ fact, workspace, workflow, contact }: Start): Candidate {
  const version = workflow.published!;
  return {
    workflow,
    version,
    workspaceZone: workspace.zone,
    contactZone: zoneOf(contact),
    contactId: fact.contactId,
    key: keyOf(fact, version),
    startedAt: fact.receivedAt,
    factId: fact.id,
    context: contextOf(fact, version, contact),
    depth: fact.depth,
    test: false,
  };
}

/** Who enters a segment, or gets another value, brings no key. */
function keyOf(fact: Fact, version: CompiledVersion): string {
  const { type } = version.factStart!;
  return type === 'segment' || type === 'field_change' ? '' : version.keyOf(fact);
}

function refusalRow({ fact, workflow }: Start): Omit<Refusal, 'reason'> & { version: number } {
  const version = workflow.published!;
  return {
    contactId: fact.contactId,
    workspaceId: fact.workspaceId,
    workflowId: workflow.id,
    version: version.version,
    key: keyOf(fact, version),
    details: { event: fact.type, occurred_at: new Date(fact.occurredAt).toISOString() },
    at: fact.receivedAt,
  };
}

function unique<Value>(values: Value[]): Value[] {
  return [...new Set(values)];
}
