import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { Fact } from '../events/index.ts';
import { readEntries } from '../segments/index.ts';
import type { LiveWait, WorkflowIndex } from '../workflows/index.ts';
import { clockOf } from './clock-of.ts';
import { factResult } from './fact-result.ts';
import { pairKey } from './run-key.ts';
import { findWaitingRuns, wakeRuns, type Heard, type WaitingRunRow } from './wake-runs.ts';

interface Ending {
  index: WorkflowIndex;
  /** At most one of a contact. */
  facts: readonly Fact[];
  contacts: ReadonlyMap<number, ContactState>;
}

/** Lets runs go on that waited for one of these facts. */
export async function endWaits(tx: Tx, ending: Ending): Promise<void> {
  const waits = ending.facts.flatMap((fact) => waitsFor(fact, ending));
  if (waits.length === 0) return;
  const waiting = await findWaitingRuns(tx, {
    contactIds: unique(waits.map(({ fact }) => fact.contactId)),
    workflowIds: unique(waits.map(({ live }) => live.workflow.id)),
    blocks: unique(waits.map(({ live }) => live.wait.block)),
  });
  const byPair = Map.groupBy(waiting, (run) => pairKey(run.contact_id, run.workflow_id));
  const heard = new Map<number, Heard>();
  for (const { fact, live } of waits) {
    for (const run of byPair.get(pairKey(fact.contactId, live.workflow.id)) ?? []) {
      if (heard.has(run.id) || !hears(run, fact, live)) continue;
      heard.set(run.id, heardOf(run, fact));
    }
  }
  await wakeRuns(tx, { heard: [...heard.values()] });
}

function waitsFor(fact: Fact, { index, contacts }: Ending): { fact: Fact; live: LiveWait }[] {
  const workspace = index.workspaces.get(fact.workspaceId)!;
  const live = workspace.waitsByEvent.get(fact.type) ?? [];
  if (live.length === 0) return [];
  const clock = clockOf(fact, workspace, contacts.get(fact.contactId));
  return live.filter(({ wait }) => wait.passes(fact, clock)).map((each) => ({ fact, live: each }));
}

/** What is about the run, its block and its version, and not older than its coming there. */
function hears(run: WaitingRunRow, fact: Fact, { version, wait }: LiveWait): boolean {
  if (run.version !== version.version || run.block !== wait.block) return false;
  if (wait.sameKey && version.keyOf(fact) !== run.key) return false;
  if (wait.sinceHere && fact.occurredAt < run.since.getTime()) return false;
  return wait.concerns(fact, run.results);
}

function heardOf(
  { contact_id: contactId, id: runId, steps: step }: WaitingRunRow,
  fact: Fact,
): Heard {
  return { contactId, runId, step, result: factResult(fact), at: fact.receivedAt };
}

/**
 * Lets runs go on that wait for segments in which these contacts are: where they became members
 * without a fact, as by a computation or a merge.
 */
export async function endWaitsOfMembers(
  tx: Tx,
  { index, contactIds, now }: { index: WorkflowIndex; contactIds: number[]; now: number },
): Promise<void> {
  const lives = [...index.workspaces.values()].flatMap(
    ({ waitsByEvent }) => waitsByEvent.get('SegmentEntered') ?? [],
  );
  if (lives.length === 0) return;
  const waiting = await findWaitingRuns(tx, {
    contactIds,
    workflowIds: unique(lives.map(({ workflow }) => workflow.id)),
    blocks: unique(lives.map(({ wait }) => wait.block)),
  });
  if (waiting.length === 0) return;
  const awaited = new Map(
    waiting.flatMap((run) => {
      const block = index.findVersion(run.workflow_id, run.version)?.definition.blocks[run.block];
      const segment = block?.type === 'wait_for' ? block.settings.segment : undefined;
      return segment === undefined ? [] : [[run, segment] as const];
    }),
  );
  const entries = await readEntries(tx, {
    contactIds: unique([...awaited.keys()].map((run) => run.contact_id)),
    segmentIds: unique([...awaited.values()].map(Number)),
  });
  const heard = [...awaited].flatMap(([run, segment]): Heard[] => {
    if (!entries.get(run.contact_id)?.has(segment)) return [];
    const { contact_id: contactId, id: runId, steps: step } = run;
    return [{ contactId, runId, step, result: { segment }, at: now }];
  });
  await wakeRuns(tx, { heard });
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
