import type { Definition } from '@perennial/conditions';
import type { Db } from '../db/index.ts';

/** A dynamic segment whose rule takes values from an event: it has no members of its own. */
export interface EventRuleRow {
  workspaceId: number;
  segmentId: number;
  definition: Definition;
}

/**
 * Rules that take values from an event, as they were saved last. There is nothing to compute of
 * them, so they hold at once. A workspace has thousands of rules at most.
 */
export async function readEventRules(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<EventRuleRow[]> {
  if (workspaceIds.length === 0) return [];
  const { rows } = await db.query<EventRuleRow>(
    `select s.workspace_id as "workspaceId", s.id as "segmentId", latest.definition
       from segments s
      cross join lateral (select v.definition
                            from segment_versions v
                           where v.segment_id = s.id
                           order by v.version desc
                           limit 1) latest
      where s.workspace_id = any($1) and s.kind = 'dynamic' and s.archived_at is null
        and strpos(latest.definition::text, $2) > 0
      order by s.id`,
    // As a jsonb is written; in a text the quotes would be escaped.
    [workspaceIds, '"$event": '],
  );
  return rows;
}
