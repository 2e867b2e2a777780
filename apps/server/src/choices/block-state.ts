import type { Db } from '../db/index.ts';

/** A block of a workflow, whatever the version: what it has learnt goes on with the next one. */
export interface BlockRef {
  workflowId: number;
  block: string;
}

/** What people decided about the variants of a block. */
export interface BlockState {
  epoch: number;
  epochs: readonly number[];
  epochs_before: readonly number[] | null;
  reset_at: Date | null;
  reset_by: string | null;
  paused: readonly number[];
}

const UNTOUCHED: BlockState = {
  epoch: 1,
  epochs: [1],
  epochs_before: null,
  reset_at: null,
  reset_by: null,
  paused: [],
};

/** With `lock`, nobody else decides about the block until the transaction ends. */
export async function readBlockState(
  db: Db,
  { workflowId, block, lock = false }: BlockRef & { lock?: boolean },
): Promise<BlockState> {
  const { rows } = await db.query<BlockState>(
    `select epoch, epochs, epochs_before, reset_at, reset_by, paused
       from choice_blocks where workflow_id = $1 and block = $2 ${lock ? 'for update' : ''}`,
    [workflowId, block],
  );
  return rows[0] ?? UNTOUCHED;
}
