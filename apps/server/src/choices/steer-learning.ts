import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import { readBlockState, type BlockRef } from './block-state.ts';
import { lockBlockState, setLearning, setPaused } from './variant-queries.ts';

interface Steering extends BlockRef {
  by: Origin;
}

/** Lets a message not be chosen any more, or again. What was learnt of it stays. */
export async function pauseVariant(
  tx: Tx,
  { by, messageId, paused, ...ref }: Steering & { messageId: number; paused: boolean },
): Promise<void> {
  await lockBlockState(tx, ref);
  const before = await readBlockState(tx, ref);
  if (before.paused.includes(messageId) === paused) return;
  await setPaused(tx, {
    ...ref,
    paused: paused ? [...before.paused, messageId] : before.paused.filter((id) => id !== messageId),
  });
  await writeAudit(tx, {
    by,
    action: paused ? 'variant.pause' : 'variant.resume',
    object: { kind: 'workflow', id: ref.workflowId },
    after: { block: ref.block, message: String(messageId) },
  });
}

/**
 * Begins to learn anew. What was learnt is kept apart, and so is what becomes of messages that were
 * sent before: an undo brings both back.
 */
export async function resetLearning(tx: Tx, { by, ...ref }: Steering): Promise<void> {
  await lockBlockState(tx, ref);
  const before = await readBlockState(tx, ref);
  const epoch = before.epoch + 1;
  await setLearning(tx, {
    ...ref,
    epoch,
    epochs: [epoch],
    before: before.epochs,
    resetAt: by.at,
    resetBy: by.actor.name,
  });
  await writeAudit(tx, {
    by,
    action: 'variants.reset',
    object: { kind: 'workflow', id: ref.workflowId },
    after: { block: ref.block },
  });
}

/** What was learnt before the last reset counts again, with what was learnt since. */
export async function undoReset(tx: Tx, { by, ...ref }: Steering): Promise<void> {
  await lockBlockState(tx, ref);
  const { epoch, epochs, epochs_before: earlier } = await readBlockState(tx, ref);
  if (!earlier) throw new Problem('conflict', { detail: 'There is no reset to undo.' });
  await setLearning(tx, {
    ...ref,
    epoch,
    epochs: [...earlier, ...epochs],
    before: null,
    resetAt: null,
    resetBy: null,
  });
  await writeAudit(tx, {
    by,
    action: 'variants.undo_reset',
    object: { kind: 'workflow', id: ref.workflowId },
    after: { block: ref.block },
  });
}
