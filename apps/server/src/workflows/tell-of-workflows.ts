import type { Tx } from '../db/index.ts';

/** Told when a workflow is published, activated, paused or archived. */
export const WORKFLOWS_CHANNEL = 'perennial_workflows';

export async function tellOfWorkflows(tx: Tx): Promise<void> {
  await tx.query(`notify ${WORKFLOWS_CHANNEL}`);
}
