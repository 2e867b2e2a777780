import type { CampaignState } from '@perennial/contracts';
import type { Db } from '../db/index.ts';

export interface CampaignUse {
  kind: 'campaign';
  id: number;
  name: string;
  state: CampaignState;
}

/** Campaigns that will ask for a segment, or still do: a draft, what waits, and what is not read yet. */
export async function findCampaignUses(
  db: Db,
  { workspaceId, segmentIds }: { workspaceId: number; segmentIds: readonly number[] },
): Promise<Map<number, CampaignUse[]>> {
  const { rows } = await db.query<Omit<CampaignUse, 'kind'> & { segment_id: number }>(
    `select segment_id, id, name, state
       from campaigns
      cross join unnest($2::bigint[]) as segment_id
      where workspace_id = $1 and (segment_id = any(include) or segment_id = any(exclude))
        and (state in ('draft', 'scheduled') or state in ('running', 'paused') and read_at is null)
      order by name, id`,
    [workspaceId, segmentIds],
  );
  const uses = Map.groupBy(rows, (row) => row.segment_id);
  return new Map(
    [...uses].map(([segmentId, found]) => [
      segmentId,
      found.map(({ segment_id: _, ...row }) => ({ kind: 'campaign', ...row })),
    ]),
  );
}
