import type { WorkflowState } from '@perennial/contracts';
import type { Db } from '../db/index.ts';

export interface MessageUse {
  kind: 'workflow';
  id: number;
  name: string;
  state: WorkflowState;
  /** Those that send it. */
  blocks: { id: string; type: string }[];
}

/**
 * Workflows that send messages, by message: by what is drawn, by what new runs follow, or by an
 * older version that still has runs. A block may name its message at any depth. A workspace has
 * hundreds of workflows at most.
 */
export async function findMessageUses(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<number, MessageUse[]>> {
  const { rows } = await db.query<Omit<MessageUse, 'kind'> & { message_id: number }>(
    `with drawn as (
       select w.id, w.draft as definition from workflows w
        where w.workspace_id = $1 and w.state <> 'archived'
        union all
       select w.id, v.definition
         from workflows w
         join workflow_versions v on v.workflow_id = w.id
        where w.workspace_id = $1 and w.state <> 'archived'
          and (v.version = w.published_version
            or (select coalesce(sum(case when n.what = 'started' then n.n else -n.n end), 0)
                  from workflow_counts n
                 where n.workflow_id = w.id and n.version = v.version
                   and n.what in ('started', 'completed', 'stopped', 'failed')) > 0)
     ), mentions as (
       select distinct drawn.id as workflow_id, block.key as block,
              coalesce(block.value ->> 'type', '') as type, (mention #>> '{}')::bigint as message_id
         from drawn
        cross join lateral jsonb_each(case jsonb_typeof(drawn.definition -> 'blocks')
                                        when 'object' then drawn.definition -> 'blocks' else '{}' end) as block
        cross join lateral (
              select jsonb_path_query(block.value, '$.**.message') as mention
               union all
              select jsonb_path_query(block.value, '$.**.messages[*]')) as found
        where mention #>> '{}' ~ '^[1-9][0-9]{0,15}$'
     )
     select mentions.message_id, w.id, w.name, w.state,
            jsonb_agg(jsonb_build_object('id', mentions.block, 'type', mentions.type)
                      order by mentions.block) as blocks
       from mentions
       join workflows w on w.id = mentions.workflow_id
      group by mentions.message_id, w.id
      order by w.name, w.id`,
    [workspaceId],
  );
  const uses = Map.groupBy(rows, (row) => row.message_id);
  return new Map(
    [...uses].map(([messageId, found]) => [
      messageId,
      found.map(({ message_id: _, ...row }) => ({ kind: 'workflow', ...row })),
    ]),
  );
}
