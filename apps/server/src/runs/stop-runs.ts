import { cancelCalls } from '../calls/index.ts';
import type { Tx } from '../db/index.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import { createCounts, type Counts } from './counts.ts';
import { findActiveRuns, markStopped, type ActiveRunRow } from './queries.ts';
import { pairKey, type RunRef } from './run-key.ts';

/** Runs to end, with the reason that their contact and the statistics will show. */
export interface StoppedRun {
  run: Omit<ActiveRunRow, 'began_at'>;
  reason: string;
  /** When that which did it arrived, and so when the run ended; now unless given. */
  at?: number | undefined;
  /** The event that did it. */
  factId?: number;
}

/** What ending runs takes. */
export type Stopping = Pick<RunCapabilities, 'cancelDeliveries' | 'moves'>;

/**
 * Ends runs at once, wherever they stand: their timers, and what they planned to send and no sender
 * has taken yet, end with them.
 */
export async function stopRunsNow(
  tx: Tx,
  {
    stopped,
    counts,
    cancelDeliveries,
    moves,
    now,
  }: {
    stopped: readonly StoppedRun[];
    counts: Counts;
    now: number;
  } & Stopping,
): Promise<void> {
  if (stopped.length === 0) return;
  const ended = stopped.map(({ run, reason, factId, at = now }) => ({
    ...refOf(run),
    reason,
    factId,
    at,
  }));
  await markStopped(tx, { runs: ended });
  for (const [reason, runs] of Map.groupBy(ended, (run) => run.reason)) {
    await cancelDeliveries(tx, { runs, reason, now: new Date(now) });
    await cancelCalls(tx, { runs, reason, now: new Date(now) });
  }
  for (const { run, at = now } of stopped) {
    if (run.test) continue;
    const { workflow_id: workflowId, version, block } = run;
    const { contact_id: contactId, workspace_id: workspaceId, depth } = run;
    moves.note({ workspaceId, contactId, workflowId, depth, at });
    counts.add({ workflowId, version, block, what: 'stopped' });
  }
}

function refOf(run: StoppedRun['run']): RunRef {
  return { contactId: run.contact_id, runId: run.id };
}

/** A wish to end one run, or all active runs of a contact in a workflow. */
export interface StopRequest {
  contactId: number;
  workflowId: number;
  runId?: number | undefined;
  reason: string;
  /** When the wish arrived; now unless given. */
  at?: number;
}

/** Ends runs by hand. Answers, in the order of the requests, how many each ended. */
export async function stopRuns(
  tx: Tx,
  capabilities: RunCapabilities,
  { stops, now }: { stops: readonly StopRequest[]; now: number },
): Promise<number[]> {
  if (stops.length === 0) return [];
  const active = await findActiveRuns(tx, {
    contactIds: unique(stops.map((stop) => stop.contactId)),
    workflowIds: unique(stops.map((stop) => stop.workflowId)),
  });
  const byPair = Map.groupBy(active, (run) => pairKey(run.contact_id, run.workflow_id));
  const stopped = new Map<number, StoppedRun>();
  const ended = stops.map((stop) => {
    const own = byPair.get(pairKey(stop.contactId, stop.workflowId)) ?? [];
    const meant = own.filter(
      ({ id }) => !stopped.has(id) && (stop.runId === undefined || stop.runId === id),
    );
    for (const run of meant) stopped.set(run.id, { run, reason: stop.reason, at: stop.at });
    return meant.length;
  });
  await stopAndCount(tx, capabilities, { stopped: [...stopped.values()], now });
  return ended;
}

/** Ends every active run of contacts that are gone, by the instant since when they are. */
export async function endRuns(
  tx: Tx,
  capabilities: RunCapabilities,
  {
    contacts,
    reason,
    now,
  }: { contacts: ReadonlyMap<number, number>; reason: 'deleted' | 'erased'; now: number },
): Promise<number> {
  if (contacts.size === 0) return 0;
  const active = await findActiveRuns(tx, { contactIds: [...contacts.keys()] });
  const stopped = active.map((run) => ({ run, reason, at: contacts.get(run.contact_id) }));
  await stopAndCount(tx, capabilities, { stopped, now });
  return stopped.length;
}

async function stopAndCount(
  tx: Tx,
  capabilities: RunCapabilities,
  { stopped, now }: { stopped: StoppedRun[]; now: number },
): Promise<void> {
  const [first] = stopped;
  if (!first) return;
  const counts = createCounts();
  const { cancelDeliveries, moves } = capabilities;
  await stopRunsNow(tx, { stopped, counts, cancelDeliveries, moves, now });
  await counts.write(tx, { slot: anySlot(capabilities, first.run.contact_id), now });
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
