import type { WorkflowState } from '@perennial/contracts';
import type { Db } from '../db/index.ts';

export interface SegmentUse {
  kind: 'workflow';
  id: number;
  name: string;
  state: WorkflowState;
}

/**
 * Workflows that ask for a segment: by what is drawn, by what new runs follow, or by an older
 * version that still has runs. A workspace has hundreds of workflows at most.
 */
export async function findSegmentUses(
  db: Db,
  { workspaceId, segmentId }: { workspaceId: number; segmentId: number },
): Promise<SegmentUse[]> {
  const { rows } = await db.query<Omit<SegmentUse, 'kind'>>(
    `select w.id, w.name, w.state
       from workflows w
      where w.workspace_id = $1 and w.state <> 'archived'
        and (strpos(w.draft::text, $2) > 0
          or exists (select from workflow_versions v
                      where v.workflow_id = w.id and strpos(v.definition::text, $2) > 0
                        and (v.version = w.published_version
                          or (select coalesce(sum(case when n.what = 'started' then n.n else -n.n end), 0)
                                from workflow_counts n
                               where n.workflow_id = w.id and n.version = v.version
                                 and n.what in ('started', 'completed', 'stopped', 'failed')) > 0)))
      order by w.name, w.id`,
    // As a jsonb is written: a member and its value.
    [workspaceId, `"segment": "${segmentId}"`],
  );
  return rows.map((row) => ({ kind: 'workflow', ...row }));
}
