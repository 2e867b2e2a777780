import type { campaignSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { tagNamesOf } from '../tags/index.ts';
import { nameMessages, type CampaignRow } from './queries.ts';
import type { CampaignWithTags } from './save-campaign.ts';
import { readAudienceStates } from './slice-queries.ts';

type Shown = z.output<typeof campaignSchema>;

/** Campaigns as the API shows them, with what other tables say of them. */
export async function showCampaigns(db: Db, rows: readonly CampaignRow[]): Promise<Shown[]> {
  const ids = rows.map(({ id }) => id);
  const tags = await tagNamesOf(db, { kind: 'campaign', ids });
  const states = await readAudienceStates(db, { campaignIds: ids });
  const messages = await nameMessages(db, {
    ids: rows.flatMap(({ message_id: id }) => id ?? []),
  });
  return rows.map((row) => {
    const message = messages.get(row.message_id ?? 0);
    return {
      ...row,
      message: row.message_id,
      winner_result: row.winner_result && {
        ...row.winner_result,
        at: new Date(row.winner_result.at),
      },
      message_name: message?.name ?? null,
      channel: message?.channel ?? null,
      series: row.series_id,
      origin: originOf(row),
      tags: tags.get(row.id) ?? [],
      audience: states.get(row.id)!.audience,
      decided: states.get(row.id)!.decided,
    };
  });
}

function originOf({
  origin_workflow: workflow,
  origin_block: block,
  origin_run: run,
}: CampaignRow): Shown['origin'] {
  return workflow === null || block === null ? null : { workflow, block, run };
}

export async function showCampaign(db: Db, campaign: CampaignWithTags): Promise<Shown> {
  const [shown] = await showCampaigns(db, [campaign]);
  return shown!;
}
