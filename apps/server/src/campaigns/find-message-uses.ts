import type { CampaignState } from '@perennial/contracts';
import type { Db } from '../db/index.ts';

export interface MessageUse {
  kind: 'campaign';
  id: number;
  name: string;
  state: CampaignState;
  blocks: [];
}

/** Campaigns that will send messages, or still do, by message: the first variant and the others. */
export async function findMessageUses(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<number, MessageUse[]>> {
  const { rows } = await db.query<Omit<MessageUse, 'kind' | 'blocks'> & { message_id: number }>(
    `select c.message_id, c.id, c.name, c.state
       from (select message_id, id, name, state from campaigns
              where workspace_id = $1 and state in ('draft', 'scheduled', 'running', 'paused')
              union
             select other::bigint, id, name, state
               from campaigns
              cross join jsonb_array_elements_text(coalesce(split -> 'others', '[]')) as other
              where workspace_id = $1 and state in ('draft', 'scheduled', 'running', 'paused')) as c
      where c.message_id is not null
      order by c.name, c.id`,
    [workspaceId],
  );
  const uses = Map.groupBy(rows, (row) => row.message_id);
  return new Map(
    [...uses].map(([messageId, found]) => [
      messageId,
      found.map(({ message_id: _, ...row }) => ({ kind: 'campaign', ...row, blocks: [] })),
    ]),
  );
}
