import type { Db, Tx } from '../db/index.ts';

/** Told the ID of a campaign of which nothing more may leave. */
export const CAMPAIGN_FLOWS_CHANNEL = 'perennial_campaign_flows';

/** Whether deliveries of a campaign may leave. */
export type CampaignFlow = 'open' | 'paused' | 'cancelled';

/**
 * Lets deliveries of a campaign leave, wait or end. Waits for the claims under way that asked before;
 * when it commits, no later claim knows the flow from before.
 */
export async function setCampaignFlow(
  tx: Tx,
  {
    campaignId,
    workspaceId,
    flow,
  }: { campaignId: number; workspaceId: number; flow: CampaignFlow },
): Promise<void> {
  await tx.query(
    `insert into campaign_flows (campaign_id, workspace_id, flow) values ($1, $2, $3)
         on conflict (campaign_id) do update set flow = $3`,
    [campaignId, workspaceId, flow],
  );
  if (flow === 'open') return;
  await tx.query(`select pg_notify($1, $2)`, [CAMPAIGN_FLOWS_CHANNEL, String(campaignId)]);
}

/** Those that are not open. The answer holds until the transaction ends: who changes it waits. */
export async function readStoppedFlows(
  tx: Db,
  { campaignIds }: { campaignIds: readonly number[] },
): Promise<Map<number, Exclude<CampaignFlow, 'open'>>> {
  if (campaignIds.length === 0) return new Map();
  const { rows } = await tx.query<{ campaign_id: number; flow: CampaignFlow }>({
    name: 'read_campaign_flows',
    text: `select campaign_id, flow from campaign_flows where campaign_id = any($1::bigint[])
            order by campaign_id for share`,
    values: [[...new Set(campaignIds)]],
  });
  return new Map(
    rows.flatMap(({ campaign_id: id, flow }) => (flow === 'open' ? [] : [[id, flow] as const])),
  );
}

/**
 * What a pause kept back in this slot, which the transaction holds, is due now; answers how many
 * deliveries. Index sends_of_campaign, then deliveries_pkey.
 */
export async function releaseOfCampaign(
  tx: Tx,
  { campaignId, slot, now }: { campaignId: number; slot: number; now: Date },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update deliveries d set due_at = $3
       from sends s
      where s.campaign_id = $1 and s.status = 'queued'
        and d.contact_id = s.contact_id and d.send_id = s.id and d.slot = $2
        and d.state = 'planned' and d.due_at is null`,
    [campaignId, slot, now],
  );
  return rowCount ?? 0;
}
