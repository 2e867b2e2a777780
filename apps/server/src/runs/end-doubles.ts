import type { Db, Tx } from '../db/index.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import { createCounts } from './counts.ts';
import {
  findActiveRuns,
  goOn,
  readStanding,
  workflowNames,
  type ActiveRunRow,
  type StandingRun,
} from './queries.ts';
import { stopRunsNow, type StoppedRun } from './stop-runs.ts';

export interface MergedPair {
  keepId: number;
  dropId: number;
  /** When the merge arrived. */
  at: number;
}

/**
 * Of two active runs of one workflow and key the one that started first goes on, the other ends. To
 * be called before the contacts' rows become one's. Answers, for each pair, which runs ended and
 * where they stood.
 */
export async function endDoubles(
  tx: Tx,
  capabilities: RunCapabilities,
  { pairs, now }: { pairs: readonly MergedPair[]; now: number },
): Promise<StandingRun[][]> {
  if (pairs.length === 0) return [];
  const contactIds = pairs.flatMap(({ keepId, dropId }) => [keepId, dropId]);
  const active = await findActiveRuns(tx, { contactIds });
  const doubles = pairs.map((pair) => doublesOf(active, pair));
  const standing = await readStanding(tx, { runs: doubles.flat().map(({ run }) => run) });
  const counts = createCounts();
  const { cancelDeliveries, moves } = capabilities;
  await stopRunsNow(tx, { stopped: doubles.flat(), counts, cancelDeliveries, moves, now });
  await counts.write(tx, { slot: anySlot(capabilities, pairs[0]!.keepId), now });
  return doubles.map((stopped) => stopped.map(({ run }) => standing.get(run.id)!));
}

/**
 * Lets runs that a merge ended go on where they stood, once the contacts are two again: under
 * whichever of the two has them. What was cancelled then is not sent any more, and in a workflow
 * that is archived by now nothing goes on.
 */
export async function resumeRuns(
  tx: Tx,
  capabilities: RunCapabilities,
  {
    runs,
    contactIds,
    now,
  }: { runs: readonly StandingRun[]; contactIds: readonly number[]; now: number },
): Promise<void> {
  if (runs.length === 0) return;
  const resumed = await goOn(tx, { runs, contactIds });
  const counts = createCounts();
  for (const { workflow_id: workflowId, version, block } of resumed) {
    counts.add({ workflowId, version, block, what: 'stopped' }, -1);
  }
  await counts.write(tx, { slot: anySlot(capabilities, contactIds[0]!), now });
}

/** The active runs that have a counterpart which started earlier. */
function doublesOf(
  active: ActiveRunRow[],
  { keepId, dropId, at }: Omit<MergedPair, 'at'> & { at?: number },
): StoppedRun[] {
  const own = active.filter((run) => !run.test && [keepId, dropId].includes(run.contact_id));
  const groups = Map.groupBy(own, (run) => `${run.workflow_id} ${run.key}`);
  return [...groups.values()].flatMap((runs) => {
    const [first] = runs.toSorted(
      (a, b) => a.started_at.getTime() - b.started_at.getTime() || a.id - b.id,
    );
    // Runs that one contact had side by side stay so; only the other contact's are one too many.
    return runs
      .filter((run) => run.contact_id !== first!.contact_id)
      .map((run) => ({ run, reason: 'merged', at }));
  });
}

/** The runs that would end if these contacts became one. Index runs_active. */
export async function findDoubles(
  db: Db,
  pair: Omit<MergedPair, 'at'>,
): Promise<{ run: number; workflow: number; workflow_name: string }[]> {
  const active = await findActiveRuns(db, { contactIds: [pair.keepId, pair.dropId] });
  const doubles = doublesOf(active, pair).map(({ run }) => run);
  const names = await workflowNames(db, { ids: doubles.map((run) => run.workflow_id) });
  return doubles.map(({ id, workflow_id: workflow }) => ({
    run: id,
    workflow,
    workflow_name: names.get(workflow) ?? '',
  }));
}
