import type { campaignBalanceSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Pool } from '../db/index.ts';
import { inTransaction } from '../db/index.ts';
import { countCampaignDecisions, readReason, type DecisionCount } from '../sends/index.ts';
import type { CampaignRow } from './queries.ts';
import { readAudienceState } from './slice-queries.ts';

export type Balance = z.output<typeof campaignBalanceSchema>;

/** Where every contact of the audience is, counted from the decisions themselves, as of one snapshot. */
export async function countBalance(
  db: Pool,
  { campaign }: { campaign: CampaignRow },
): Promise<Balance> {
  return inTransaction(
    db,
    async (tx) => {
      const { audience, decided } = await readAudienceState(tx, { campaignId: campaign.id });
      const decisions = await countCampaignDecisions(tx, { campaignId: campaign.id });
      return balanceOf({ campaign, audience, decided, decisions });
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

function balanceOf({
  campaign: { state, read_at: readAt },
  audience,
  decided,
  decisions,
}: {
  campaign: CampaignRow;
  audience: number;
  decided: number;
  decisions: DecisionCount[];
}): Balance {
  const count = (isMeant: (row: DecisionCount) => boolean): number =>
    decisions.filter(isMeant).reduce((sum, { n }) => sum + n, 0);
  const undecided = audience - decided;
  return {
    eligible: audience,
    sent: count(({ decision }) => decision === 'sent'),
    queued: count(({ decision, queued }) => decision === 'sent' && queued),
    refused: count(({ decision }) => decision === 'refused'),
    reasons: countReasons(decisions),
    held: count(({ decision }) => decision === 'held'),
    waiting: state === 'cancelled' ? 0 : undecided,
    cancelled: state === 'cancelled' ? undecided : 0,
    gone: decided - count(() => true),
    complete: readAt !== null,
  };
}

/** The most frequent first. */
export function countReasons(
  decisions: readonly Pick<DecisionCount, 'refusal' | 'n'>[],
): { reason: string; gate: string; n: number }[] {
  const counts = new Map<string, { reason: string; gate: string; n: number }>();
  for (const { refusal, n } of decisions) {
    if (!refusal) continue;
    const { gate, reason } = readReason([refusal]);
    const key = `${gate} ${reason}`;
    const known = counts.get(key) ?? { reason, gate, n: 0 };
    counts.set(key, { ...known, n: known.n + n });
  }
  return [...counts.values()].toSorted((a, b) => b.n - a.n);
}
