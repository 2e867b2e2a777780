import type { Tx } from '../db/index.ts';
import { readEntries } from '../segments/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import { createCounts } from './counts.ts';
import { findActiveRuns } from './queries.ts';
import { stopRunsNow } from './stop-runs.ts';

/**
 * Ends the runs of these contacts whose stop segments they are in: where contacts became members
 * without a fact, as by a merge.
 */
export async function stopMembers(
  tx: Tx,
  capabilities: Pick<RunCapabilities, 'cancelDeliveries' | 'moves' | 'slots'>,
  { index, contactIds, now }: { index: WorkflowIndex; contactIds: number[]; now: number },
): Promise<void> {
  const stopsOf = (workflowId: number, version: number) =>
    index.findVersion(workflowId, version)?.segmentStops ?? [];
  const active = (await findActiveRuns(tx, { contactIds })).filter(
    (run) => stopsOf(run.workflow_id, run.version).length > 0,
  );
  if (active.length === 0) return;
  const entries = await readEntries(tx, {
    contactIds,
    segmentIds: [...new Set(active.flatMap((run) => stopsOf(run.workflow_id, run.version)))],
  });
  const stopped = active.flatMap((run) => {
    const own = entries.get(run.contact_id);
    const segment = stopsOf(run.workflow_id, run.version).find((id) => own?.has(String(id)));
    return segment === undefined ? [] : [{ run, reason: `stop segment ${segment}` }];
  });
  const counts = createCounts();
  const { cancelDeliveries, moves } = capabilities;
  await stopRunsNow(tx, { stopped, counts, cancelDeliveries, moves, now });
  await counts.write(tx, { slot: anySlot(capabilities, contactIds[0]!), now });
}
