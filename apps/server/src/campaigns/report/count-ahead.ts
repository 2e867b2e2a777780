import type { Pool } from '../../db/index.ts';
import type { CampaignRow } from '../queries.ts';
import { factsOf } from './facts-of.ts';
import { findGreatCampaigns } from './kept-report-queries.ts';
import { countReport } from './kept-reports.ts';
import { lastFact } from './report-queries.ts';

/** Of fewer contacts, counting is quick enough for whoever asks. */
const LEAST = 50_000;
/** A report that is older than this, and than so many times what it took, is counted again. */
const PATIENCE_MS = 5 * 60_000;
const TIMES = 20;
/** By then little happens any more. */
const SINCE_MS = 14 * 86_400_000;

export interface AheadParts {
  pool: Pool;
  clock: () => Date;
}

/** Counts the report of one great campaign of which there is news; false: of none. */
export async function countAhead(
  { pool, clock }: AheadParts,
  { least = LEAST }: { least?: number } = {},
): Promise<boolean> {
  const now = clock();
  const great = await findGreatCampaigns(pool, {
    now,
    since: new Date(now.getTime() - SINCE_MS),
    least,
    patienceMs: PATIENCE_MS,
    times: TIMES,
  });
  for (const { campaign, countedAt } of great) {
    if (countedAt && !(await hasNews(pool, { campaign, countedAt }))) continue;
    await countReport(pool, { campaign, machines: false, now, keepAnyway: true });
    return true;
  }
  return false;
}

async function hasNews(
  pool: Pool,
  { campaign, countedAt }: { campaign: CampaignRow; countedAt: Date },
): Promise<boolean> {
  if (campaign.updated_at > countedAt) return true;
  const last = await lastFact(pool, await factsOf(pool, campaign));
  return last !== null && last > countedAt;
}
