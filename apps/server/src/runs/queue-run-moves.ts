import type { Tx } from '../db/index.ts';
import { LANES, type Stamped } from '../inbox/index.ts';
import { enqueueStamped } from '../slots/index.ts';
import type { RunMove } from './run-moves.ts';

/**
 * Tells of runs that ended outside of a batch, by the queues of their contacts' slots: whoever takes
 * those asks the rules that ask for these workflows, in the order in which everything arrived.
 */
export async function queueRunMoves(
  tx: Tx,
  { moves, slots }: { moves: readonly RunMove[]; slots: number },
): Promise<void> {
  const stamped = [...Map.groupBy(moves, (move) => move.contactId).values()].map(stampedOf);
  if (stamped.length > 0) await enqueueStamped(tx, { stamped, slots });
}

function stampedOf(moves: readonly RunMove[]): Stamped {
  const [{ workspaceId, contactId }] = moves as [RunMove];
  const at = Math.max(...moves.map((move) => move.at));
  return {
    workspaceId,
    contactId,
    receivedAt: at,
    lane: LANES.stream,
    item: {
      kind: 'runs',
      workflowIds: [...new Set(moves.map(({ workflowId }) => workflowId))],
      depth: Math.max(...moves.map(({ depth }) => depth)) + 1,
      at,
      source: 'workflow',
    },
  };
}
