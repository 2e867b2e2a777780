import type { Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { LANES, type Stamped } from '../inbox/index.ts';
import { enqueueStamped, readSlotCount } from '../slots/index.ts';
import { setWorkflowState, type WorkflowWithTags } from '../workflows/index.ts';
import { findUnended } from './read-queries.ts';

const PAGE = 10_000;

/**
 * Archives a workflow. Its runs belong to their slots, so each slot is told to end them; one that
 * starts at this very moment ends when it comes to its next step.
 */
export async function archiveWorkflow(
  tx: Tx,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<WorkflowWithTags> {
  const workflow = await setWorkflowState(tx, { workspaceId, id, state: 'archived', by });
  const slots = await readSlotCount(tx);
  for (let after = 0; ;) {
    const runs = await findUnended(tx, { workflowId: id, after, limit: PAGE });
    const contactIds = [...new Set(runs.map((run) => run.contact_id))];
    const stamped = contactIds.map((contactId) => stopOf({ workspaceId, contactId, id, by }));
    await enqueueStamped(tx, { stamped, slots });
    if (runs.length < PAGE) return workflow;
    after = runs.at(-1)!.id;
  }
}

function stopOf({
  workspaceId,
  contactId,
  id: workflowId,
  by,
}: {
  workspaceId: number;
  contactId: number;
  id: number;
  by: Origin;
}): Stamped {
  const at = by.at.getTime();
  return {
    workspaceId,
    contactId,
    receivedAt: at,
    lane: LANES.stream,
    item: { kind: 'stop', ids: [], at, source: 'system', workflowId, reason: 'archived' },
  };
}
