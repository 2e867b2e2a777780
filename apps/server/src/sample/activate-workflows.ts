import { inTransaction, type Pool } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import type { Settle } from '../segments/index.ts';
import { publishWorkflow, readWorkflow, setWorkflowState } from '../workflows/index.ts';
import { findIdsByKey } from './queries.ts';
import { sampleWorkflows } from './workflows/sample-workflows.ts';

/** Publishes and switches on those that nobody has touched meanwhile. */
export async function activateWorkflows(
  pool: Pool,
  { workspaceId, by, settle }: { workspaceId: number; by: Origin; settle: Settle },
): Promise<void> {
  const ids = await findIdsByKey(pool, { table: 'workflows', workspaceId });
  for (const { key } of sampleWorkflows) {
    const id = ids.get(key);
    if (id === undefined) continue;
    await inTransaction(pool, async (tx) => {
      const { state } = await readWorkflow(tx, { workspaceId, id });
      if (state !== 'draft') return;
      await publishWorkflow(tx, { workspaceId, id, by, settle });
      await setWorkflowState(tx, { workspaceId, id, state: 'active', by, settle });
    });
  }
}
