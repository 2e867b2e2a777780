import type { WorkflowState } from '@perennial/contracts';
import type { Db } from '../db/index.ts';

export interface SegmentUse {
  kind: 'workflow';
  id: number;
  name: string;
  state: WorkflowState;
}

/**
 * Workflows that ask for segments, by segment: by what is drawn, by what new runs follow, or by an
 * older version that still has runs. A workspace has hundreds of workflows at most, and each of
 * their definitions is read once however many segments are asked about.
 */
export async function findSegmentUses(
  db: Db,
  { workspaceId, segmentIds }: { workspaceId: number; segmentIds: readonly number[] },
): Promise<Map<number, SegmentUse[]>> {
  const { rows } = await db.query<Omit<SegmentUse, 'kind'> & { segment_id: number }>(
    `select distinct (mention #>> '{}')::bigint as segment_id, w.id, w.name, w.state
       from workflows w
      cross join lateral (
            select w.draft as definition
             union all
            select v.definition from workflow_versions v
             where v.workflow_id = w.id
               and (v.version = w.published_version
                 or (select coalesce(sum(case when n.what = 'started' then n.n else -n.n end), 0)
                       from workflow_counts n
                      where n.workflow_id = w.id and n.version = v.version
                        and n.what in ('started', 'completed', 'stopped', 'failed')) > 0)) as drawn
      cross join lateral (
            select jsonb_path_query(drawn.definition, '$.**.segment') as mention
             union all
            select jsonb_path_query(drawn.definition, '$.blocks.*.list')
             union all
            select jsonb_path_query(drawn.definition, '$.blocks.*.lists[*]')) as used
      where w.workspace_id = $1 and w.state <> 'archived' and mention #>> '{}' = any($2)
      order by w.name, w.id`,
    [workspaceId, segmentIds.map(String)],
  );
  const uses = Map.groupBy(rows, (row) => row.segment_id);
  return new Map(
    [...uses].map(([segmentId, found]) => [
      segmentId,
      found.map(({ segment_id: _, ...row }) => ({ kind: 'workflow', ...row })),
    ]),
  );
}
