import { loadContacts, type ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { CausedFact, RunCapabilities } from './capabilities.ts';
import { claimDueRuns, type DueBy } from './claim-due-runs.ts';
import { createCounts, type Counts } from './counts.ts';
import type { DueRun } from './due-run.ts';
import { putAside, takeBack } from './queries.ts';
import type { RunRef } from './run-key.ts';
import { createStepContext } from './step-context.ts';
import { stopRunsNow } from './stop-runs.ts';
import { walkRuns } from './walk-runs.ts';
import { createFieldWriter } from './write-fields.ts';
import { writeProgress } from './write-progress.ts';

export interface StepsRun {
  /** Visits made to blocks. */
  handled: number;
  /** Facts that the steps caused, to be stored and matched before anything else happens. */
  facts: CausedFact[];
  /** Runs may still be due. */
  more: boolean;
}

/**
 * Lets the runs of these slots take their due steps. A step, the next position, the sends it made,
 * the field changes and its history entry are in the caller's transaction, which owns the slots.
 */
export async function runDueSteps(
  tx: Tx,
  capabilities: RunCapabilities,
  { index, ...due }: DueBy & { index: WorkflowIndex },
): Promise<StepsRun> {
  const { now, limit } = due;
  const resumed = await takeBack(tx, {
    slots: [...due.slots],
    workflowIds: activeIn(index),
    limit,
  });
  const claimed = await claimDueRuns(tx, due);
  if (claimed.length === 0) return { handled: 0, facts: [], more: resumed === limit };
  const counts = createCounts();
  const contacts = await loadContacts(tx, { ids: [...new Set(claimed.map((r) => r.contactId))] });
  const ready = await sortOut(tx, capabilities, { claimed, index, contacts, counts, now });
  if (ready.length === 0) {
    await counts.write(tx, { slot: claimed[0]!.slot, now });
    // What was claimed is out of the way now; what is due behind it must not wait for a next batch.
    return claimed.length < limit
      ? { handled: 0, facts: [], more: false }
      : runDueSteps(tx, capabilities, { index, ...due });
  }
  const writer = createFieldWriter({ contacts, fields: capabilities.fields, now });
  const context = createStepContext(tx, capabilities, { index, contacts, writer, now });
  const walked = await walkRuns(ready, { index, context, writer, counts, now });
  await writer.save(tx);
  await writeProgress(tx, { runs: walked.touched, history: walked.history, now });
  await counts.write(tx, { slot: claimed[0]!.slot, now });
  return {
    handled: walked.visits,
    facts: walked.facts,
    more: walked.more || claimed.length === limit || resumed === limit,
  };
}

function activeIn(index: WorkflowIndex): number[] {
  return [...index.workspaces.values()].flatMap(({ workflows }) =>
    [...workflows.values()].filter(({ state }) => state === 'active').map(({ id }) => id),
  );
}

/** Runs that may walk. Those of paused workflows are put aside, those without a future end. */
async function sortOut(
  tx: Tx,
  { cancelDeliveries }: RunCapabilities,
  {
    claimed,
    index,
    contacts,
    counts,
    now,
  }: {
    claimed: DueRun[];
    index: WorkflowIndex;
    contacts: ReadonlyMap<number, ContactState>;
    counts: Counts;
    now: number;
  },
): Promise<DueRun[]> {
  const sorted = Map.groupBy(claimed, (run) => fateOf(run, index, contacts));
  await putAside(tx, { runs: (sorted.get('paused') ?? []).map(refOf) });
  const stopped = (['deleted', 'archived'] as const).flatMap((reason) =>
    (sorted.get(reason) ?? []).map((run) => ({ run: rowOf(run), reason })),
  );
  await stopRunsNow(tx, { stopped, counts, cancelDeliveries, now });
  return sorted.get('ready') ?? [];
}

type Fate = 'ready' | 'paused' | 'archived' | 'deleted';

function fateOf(
  run: DueRun,
  index: WorkflowIndex,
  contacts: ReadonlyMap<number, ContactState>,
): Fate {
  const contact = contacts.get(run.contactId);
  if (!contact || contact.deletedAt !== null) return 'deleted';
  const state = index.workspaces.get(run.workspaceId)?.workflows.get(run.workflowId)?.state;
  if (state === 'active') return 'ready';
  return state === 'paused' ? 'paused' : 'archived';
}

function refOf({ contactId, id: runId }: DueRun): RunRef {
  return { contactId, runId };
}

function rowOf(run: DueRun) {
  return {
    contact_id: run.contactId,
    id: run.id,
    workflow_id: run.workflowId,
    version: run.version,
    key: run.key,
    block: run.block,
    test: run.test,
    started_at: new Date(run.startedAt),
  };
}
