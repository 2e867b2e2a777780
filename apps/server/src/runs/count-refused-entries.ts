import type { Tx } from '../db/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import { createCounts } from './counts.ts';

/**
 * Counts, of workflows that entering a segment starts, the contacts whom a computation let in, and
 * who do not start by that. As many as there are members: a row for each would only fill the disk,
 * and the segment's log says why they entered.
 */
export async function countRefusedEntries(
  tx: Tx,
  {
    index,
    workspaceId,
    segmentId,
    cause,
    n,
    slot,
    now,
  }: {
    index: WorkflowIndex;
    workspaceId: number;
    segmentId: number;
    cause: string;
    n: number;
    /** One that the transaction owns. */
    slot: number;
    now: number;
  },
): Promise<void> {
  const { startsByEvent } = index.workspaces.get(workspaceId)!;
  const counts = createCounts();
  for (const { id: workflowId, state, published } of startsByEvent.get('SegmentEntered') ?? []) {
    const { factStart, version } = published!;
    if (state !== 'active' || factStart?.type !== 'segment') continue;
    if (factStart.segment !== segmentId) continue;
    counts.add({ workflowId, version, block: '', what: `not_started:${cause}` }, n);
  }
  await counts.write(tx, { slot, now });
}
