import type { RunFact } from '@perennial/conditions';
import type { Db } from '../db/index.ts';

/** Runs of these workflows as conditions ask about them, by contact; test runs are none. Index runs_pkey. */
export async function readRuns(
  db: Db,
  { contactIds, workflowIds }: { contactIds: number[]; workflowIds: number[] },
): Promise<Map<number, RunFact[]>> {
  const { rows } = await db.query<{
    contact_id: number;
    workflow_id: number;
    state: RunFact['state'];
    started_at: Date;
    ended_at: Date | null;
  }>({
    name: 'read_run_facts',
    text: `select contact_id, workflow_id, case state when 'waiting' then 'running' else state end as state,
                  started_at, ended_at
             from runs
            where contact_id = any($1) and workflow_id = any($2) and not test`,
    values: [contactIds, workflowIds],
  });
  const runs = new Map<number, RunFact[]>();
  for (const row of rows) {
    const own = runs.get(row.contact_id) ?? [];
    runs.set(row.contact_id, own);
    own.push({
      workflow: String(row.workflow_id),
      state: row.state,
      startedAt: row.started_at.getTime(),
      endedAt: row.ended_at?.getTime() ?? null,
    });
  }
  return runs;
}
