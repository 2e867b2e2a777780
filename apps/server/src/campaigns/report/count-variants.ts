import type { campaignReportSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { countCampaignDecisions, readReason, type DecisionCount } from '../../sends/index.ts';
import { nameMessages, type CampaignRow } from '../queries.ts';
import type { AskedFacts } from './facts-of.ts';
import { countConverted, tallySends, type OutcomeRow } from './report-queries.ts';

type Variant = z.output<typeof campaignReportSchema>['variants'][number];

const NOTHING = {
  sent: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  unsubscribed: 0,
  complained: 0,
  undelivered: 0,
  uncertain: 0,
};

/** What became of each message of a campaign that compares some. */
export async function countVariants(
  db: Db,
  { campaign, asked }: { campaign: CampaignRow; asked: AskedFacts },
): Promise<Variant[]> {
  if (!campaign.split) return [];
  const { outcomes } = await tallySends(db, asked, { most: { message: asked.messages.length } });
  return variantsOf(db, { campaign, asked, outcomes: outcomes.message });
}

/** The same, where it is known already what became of the sends of each. */
export async function variantsOf(
  db: Db,
  {
    campaign,
    asked,
    outcomes,
  }: { campaign: CampaignRow; asked: AskedFacts; outcomes: readonly OutcomeRow[] },
): Promise<Variant[]> {
  const { split, message_id: first } = campaign;
  if (!split || first === null) return [];
  const ids = [first, ...split.others.filter((id) => id !== null)];
  const names = await nameMessages(db, { ids });
  const byMessage = new Map(outcomes.map(({ name, ...counts }) => [name, counts]));
  const decisions = await countCampaignDecisions(db, { campaignId: campaign.id });
  const converted = await convertedOf(db, campaign, asked);
  return ids.map((id) => ({
    message: id,
    name: names.get(id)?.name ?? '',
    ...decidedOf(decisions.filter((row) => row.message_id === id && !isHeldOut(row))),
    ...NOTHING,
    ...byMessage.get(String(id)),
    converted: converted ? (converted.get(id) ?? 0) : null,
  }));
}

async function convertedOf(
  db: Db,
  { id: campaignId, split }: CampaignRow,
  { goal, from }: AskedFacts,
): Promise<Map<number, number> | undefined> {
  if (goal === undefined || !split?.test) return undefined;
  const { window_minutes: windowMinutes } = split.test;
  return countConverted(db, { campaignId, event: goal, windowMinutes, from });
}

function isHeldOut({ refusal }: DecisionCount): boolean {
  return refusal !== null && readReason([refusal]).reason === 'hold-out';
}

function decidedOf(rows: readonly DecisionCount[]): Pick<Variant, 'decided' | 'refused' | 'held'> {
  const count = (of?: DecisionCount['decision']): number =>
    rows.filter(({ decision }) => !of || decision === of).reduce((sum, { n }) => sum + n, 0);
  return { decided: count(), refused: count('refused'), held: count('held') };
}
