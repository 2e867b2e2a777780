import type { Db } from '../db/index.ts';
import type { Tested } from './pick-winner.ts';
import type { CampaignRow } from './queries.ts';
import { countVariants } from './report/count-variants.ts';
import { factsOf } from './report/facts-of.ts';

/** How many of each variant did what it is compared by. While there is no winner only the test was sent. */
export async function countTested(
  db: Db,
  { campaign }: { campaign: CampaignRow },
): Promise<Tested[]> {
  const variants = await countVariants(db, { campaign, asked: await factsOf(db, campaign) });
  const by = campaign.split?.test?.by ?? 'opened';
  return variants.map(({ sent, opened, clicked, converted }) => ({
    sent,
    did: { opened, clicked, event: converted ?? 0 }[by],
  }));
}
