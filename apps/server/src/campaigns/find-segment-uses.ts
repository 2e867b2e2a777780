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
  { workspaceId, segmentId }: { workspaceId: number; segmentId: number },
): Promise<CampaignUse[]> {
  const { rows } = await db.query<Omit<CampaignUse, 'kind'>>(
    `select id, name, state from campaigns
      where workspace_id = $1 and ($2 = any(include) or $2 = any(exclude))
        and (state in ('draft', 'scheduled') or state in ('running', 'paused') and read_at is null)
      order by name, id`,
    [workspaceId, segmentId],
  );
  return rows.map((row) => ({ kind: 'campaign', ...row }));
}
