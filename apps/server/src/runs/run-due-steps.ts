import { insertCalls } from '../calls/index.ts';
import { loadContacts, type ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import { enqueueStamped } from '../slots/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { CausedFact, CausedItem, RunCapabilities } from './capabilities.ts';
import { claimDueRuns, type DueBy } from './claim-due-runs.ts';
import { createCounts } from './counts.ts';
import { toDueRun, type DueRun } from './due-run.ts';
import { inHalves } from './in-halves.ts';
import { takeBack, type RunRow } from './queries.ts';
import { createPerformer } from './perform-acts.ts';
import { renderSettings } from './render-settings.ts';
import { sortOut } from './sort-out.ts';
import { createStepContext } from './step-context.ts';
import { urgentFirst } from './urgent-first.ts';
import { breakRun } from './take-step.ts';
import { walkRuns, type Walk } from './walk-runs.ts';
import { createFieldWriter } from './write-fields.ts';
import { writeProgress } from './write-progress.ts';

export interface StepsRun {
  /** Visits made to blocks, and runs put aside. */
  handled: number;
  /** Facts that the steps caused, to be stored and matched before anything else happens. */
  facts: CausedFact[];
  /** What steps did by items of the inbox, to be appended with the batch. */
  items: CausedItem[];
  /** Runs may still be due. */
  more: boolean;
}

/**
 * Lets the runs of these slots take their due steps. A step, the next position, the sends it made,
 * the field changes and its history entry are in the caller's transaction, which owns the slots. A
 * run whose step throws fails by itself.
 */
export async function runDueSteps(
  tx: Tx,
  capabilities: RunCapabilities,
  {
    index,
    isFollowed = () => false,
    ...due
  }: DueBy & {
    index: WorkflowIndex;
    /** Whether a fact may move its contact into a segment or out of it. */
    isFollowed?: Walk['isFollowed'];
  },
): Promise<StepsRun> {
  const { now, limit } = due;
  const workflowIds = activeIn(index);
  const resumed = await takeBack(tx, { slots: [...due.slots], workflowIds, limit });
  const claimed = await claimDueRuns(tx, due);
  if (claimed.length === 0) return { handled: 0, facts: [], items: [], more: resumed === limit };
  const contacts = await contactsOf(tx, claimed);
  const counts = createCounts();
  const sorted = await sortOut(tx, capabilities, { claimed, index, contacts, counts, now });
  const ready = await urgentFirst(tx, { rows: sorted, index });
  await counts.write(tx, { slot: claimed[0]!.slot, now });
  const full = claimed.length === limit;
  // All of them were put aside, as a million may be of a workflow that pauses: they count as handled,
  // so that the batch ends, and what is due behind them comes with the next.
  if (ready.length === 0 && full) {
    return { handled: claimed.length, facts: [], items: [], more: true };
  }
  const steps = await stepInHalves(tx, capabilities, { ready, contacts, index, isFollowed, now });
  return { ...steps, more: steps.more || full || resumed === limit };
}

function activeIn(index: WorkflowIndex): number[] {
  return [...index.workspaces.values()].flatMap(({ workflows }) =>
    [...workflows.values()].filter(({ state }) => state === 'active').map(({ id }) => id),
  );
}

function contactsOf(tx: Tx, rows: readonly RunRow[]): Promise<Map<number, ContactState>> {
  return loadContacts(tx, { ids: [...new Set(rows.map((row) => row.contact_id))] });
}

interface Part {
  rows: readonly RunRow[];
  contacts: ReadonlyMap<number, ContactState>;
  index: WorkflowIndex;
  isFollowed: Walk['isFollowed'];
  /** Contacts with a fact that must be heard before they take further steps. */
  unheard: Set<number>;
  now: number;
}

async function stepInHalves(
  tx: Tx,
  capabilities: RunCapabilities,
  {
    ready,
    contacts,
    ...batch
  }: {
    ready: RunRow[];
    contacts: Map<number, ContactState>;
    index: WorkflowIndex;
    isFollowed: Walk['isFollowed'];
    now: number;
  },
): Promise<StepsRun> {
  const unheard = new Set<number>();
  let held: Map<number, ContactState> | undefined = contacts;
  const parts = await inHalves(tx, ready, {
    attempt: async (rows) => {
      // A failed attempt may have changed the contacts in memory.
      const loaded = held ?? (await contactsOf(tx, rows));
      held = undefined;
      return stepPart(tx, capabilities, { rows, contacts: loaded, unheard, ...batch });
    },
    giveUp: (row, cause) => failRow(tx, capabilities, { row, cause, ...batch }),
  });
  return {
    handled: parts.reduce((sum, part) => sum + part.handled, 0),
    facts: parts.flatMap((part) => part.facts),
    items: parts.flatMap((part) => part.items),
    more: parts.some((part) => part.more),
  };
}

async function stepPart(
  tx: Tx,
  capabilities: RunCapabilities,
  { rows, contacts, index, isFollowed, unheard, now }: Part,
): Promise<StepsRun> {
  const counts = createCounts();
  const writer = createFieldWriter({ contacts, fields: capabilities.fields, now });
  const { slots, render } = capabilities;
  const performer = createPerformer({ contacts, slots, now });
  const parts = { index, contacts, writer, performer, now };
  const context = createStepContext(tx, capabilities, parts);
  const walked = await walkRuns(rows.map(toDueRun), {
    index,
    isFollowed,
    context,
    renderSettings: (visits) => renderSettings(visits, { index, render, contacts, now }),
    writer,
    counts,
    unheard: new Set(unheard),
    now,
  });
  await writer.save(tx);
  await writeProgress(tx, { runs: walked.touched, history: walked.history, now });
  noteEnded(walked.touched, capabilities, now);
  await enqueueStamped(tx, { stamped: performer.takeOwn(), slots });
  await insertCalls(tx, { calls: performer.takeCalls(), now: new Date(now) });
  await counts.write(tx, { slot: rows[0]!.slot, now });
  for (const contactId of walked.unheard) unheard.add(contactId);
  const { visits: handled, facts, more } = walked;
  return { handled, facts, items: performer.takeItems(), more };
}

function noteEnded(runs: readonly DueRun[], { moves }: RunCapabilities, at: number): void {
  for (const { workspaceId, contactId, workflowId, depth, test, wakeAt } of runs) {
    if (wakeAt === null && !test) moves.note({ workspaceId, contactId, workflowId, depth, at });
  }
}

/** The run fails where it stands, with what was thrown as its reason. */
async function failRow(
  tx: Tx,
  capabilities: RunCapabilities,
  { row, cause, index, now }: { row: RunRow; cause: unknown; index: WorkflowIndex; now: number },
): Promise<StepsRun> {
  const counts = createCounts();
  const run = toDueRun(row);
  const message = cause instanceof Error ? cause.message : String(cause);
  const history = breakRun(run, message, { index, counts });
  await writeProgress(tx, { runs: [run], history, now });
  noteEnded([run], capabilities, now);
  await counts.write(tx, { slot: row.slot, now });
  return { handled: 1, facts: [], items: [], more: false };
}
