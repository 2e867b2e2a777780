import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { setCampaignFlow } from '../sends/index.ts';
import type { MessageRow } from '../messages/index.ts';
import { setState, type CampaignRow } from './queries.ts';

/** Told when the driver has something to do. */
export const CAMPAIGNS_CHANNEL = 'perennial_campaigns';

/** Lets a campaign run: its messages are fixed as they stand, and its audience is read from now on. */
export async function beginCampaign(
  tx: Tx,
  {
    campaign,
    messages,
    by,
  }: { campaign: CampaignRow; messages: readonly MessageRow[]; by: Origin },
): Promise<void> {
  const { id, workspace_id: workspaceId, state } = campaign;
  const [messageVersion, ...otherVersions] = messages.map(({ version }) => version);
  await setState(tx, {
    id,
    state: 'running',
    now: by.at,
    startsAt: null,
    startedAt: by.at,
    messageVersion: messageVersion!,
    ...(campaign.split && { otherVersions }),
    pace: { from: by.at, handed: 0 },
  });
  await setCampaignFlow(tx, { campaignId: id, workspaceId, flow: 'open' });
  await writeAudit(tx, {
    by,
    action: 'campaign.start',
    object: { kind: 'campaign', id },
    before: { state },
    after: { state: 'running', message_version: messageVersion },
  });
  await tx.query(`notify ${CAMPAIGNS_CHANNEL}`);
}
