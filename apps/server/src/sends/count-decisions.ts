import type { SendBalance } from '@perennial/contracts';
import type { Db } from '../db/index.ts';

interface CountRow {
  block: string | null;
  decision: 'sent' | 'held' | 'refused';
  reason: string | null;
  n: number;
}

/**
 * What was decided about everybody that a workflow or campaign wanted to write to, by block: who was
 * eligible is who was sent to, who waits, and who was refused for each reason. Tests do not count.
 * Index: sends_by_message.
 */
export async function countDecisions(
  db: Db,
  {
    workspaceId,
    messageIds,
    workflowId = null,
    campaignId = null,
  }: {
    workspaceId: number;
    messageIds: readonly number[];
    workflowId?: number | null;
    campaignId?: number | null;
  },
): Promise<SendBalance[]> {
  const { rows } = await db.query<CountRow>({
    name: 'count_decisions',
    text: `select block, decision, reason, count(*) as n
             from sends
            where message_id = any($2::bigint[]) and workspace_id = $1 and not test
              and ($3::bigint is null or workflow_id = $3)
              and ($4::bigint is null or campaign_id = $4)
            group by block, decision, reason
            order by n desc`,
    values: [workspaceId, messageIds, workflowId, campaignId],
  });
  return [...Map.groupBy(rows, (row) => row.block)].map(([block, own]) => balanceOf(block, own));
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
