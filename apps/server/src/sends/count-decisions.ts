import type { SendBalance } from '@perennial/contracts';
import type { Db } from '../db/index.ts';

interface CountRow {
  block: string | null;
  decision: 'sent' | 'held' | 'refused';
  reason: string | null;
  n: number;
}

/** So many of the newest are counted: more would have somebody wait who looks at a block. */
const MOST_COUNTED = 20_000;

interface Decisions {
  items: SendBalance[];
  /** What was decided before is not counted, since there is more; null: all is. */
  countedSince: Date | null;
}

/**
 * What was decided about everybody that a workflow wanted to write to, by block: who was eligible is who was sent to,
 * who waits, and who was refused for each reason. Tests do not count. Index: sends_newest_of_workflow.
 */
export async function countDecisions(
  db: Db,
  { workspaceId, workflowId, most = MOST_COUNTED }: Wanted,
): Promise<Decisions> {
  const { rows } = await db.query<CountRow & { test: boolean; since: Date }>(
    `select block, decision, reason, test, count(*) as n, min(created_at) as since
       from (select block, decision, reason, test, created_at
               from sends where workspace_id = $1 and workflow_id = $2
              order by id desc limit $3) newest
      group by block, decision, reason, test
      order by n desc`,
    [workspaceId, workflowId, most],
  );
  const read = rows.reduce((sum, { n }) => sum + n, 0);
  const since = Math.min(...rows.map((row) => row.since.getTime()));
  const counted = rows.filter(({ test }) => !test);
  return {
    items: [...Map.groupBy(counted, (row) => row.block)].map(([block, own]) =>
      balanceOf(block, own),
    ),
    countedSince: read === most ? new Date(since) : null,
  };
}

interface Wanted {
  workspaceId: number;
  workflowId: number;
  most?: number;
}

function balanceOf(block: string | null, rows: readonly CountRow[]): SendBalance {
  const by = (decision: CountRow['decision']): Record<string, number> =>
    Object.fromEntries(
      rows.filter((row) => row.decision === decision).map(({ reason, n }) => [reason ?? '', n]),
    );
  return {
    block,
    eligible: rows.reduce((sum, { n }) => sum + n, 0),
    sent: by('sent')[''] ?? 0,
    waiting: by('held'),
    refused: by('refused'),
  };
}
