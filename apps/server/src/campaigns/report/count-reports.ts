import { campaignReportSchema } from '@perennial/contracts';
import { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import { factsOf } from './facts-of.ts';
import {
  findDueReports,
  keepReport,
  noteCounting,
  takeReport,
  type DueReport,
} from './kept-report-queries.ts';
import { KEPT_FOR } from './kept-reports.ts';
import { reportCampaign } from './report-campaign.ts';
import { hasFactsSince } from './report-queries.ts';

/** Of fewer contacts, counting is quick enough for whoever asks. */
const LEAST = 50_000;
/** A report that nobody asked for is looked at so seldom, and after so many times what it took. */
const AHEAD_MS = 5 * 60_000;
const AHEAD_TIMES = 20;
/** By then little happens any more. */
const SINCE_MS = 14 * 86_400_000;
/** What happened may arrive later by so long. */
const LATE_MS = 15 * 60_000;

export interface CountingParts {
  pool: Pool;
  clock: () => Date;
  count?: typeof reportCampaign;
  least?: number;
}

/**
 * Counts one report that somebody wants, or that of a great campaign of which there is news. Answers
 * how long that took in milliseconds, 0 where there was nothing to count. One that fails is left alone
 * as long as one that was counted.
 */
export async function countReports(parts: CountingParts): Promise<number> {
  const { pool, clock, least = LEAST } = parts;
  const now = clock();
  const due = await findDueReports(pool, {
    now,
    since: new Date(now.getTime() - SINCE_MS),
    least,
    wantedTimes: KEPT_FOR,
    aheadMs: AHEAD_MS,
    aheadTimes: AHEAD_TIMES,
  });
  for (const report of due) {
    if (!(await takeReport(pool, { ...keyOf(report), ...report, now }))) continue;
    if (!report.isWanted && !(await hasNews(pool, report))) continue;
    return countReport(parts, { report, now });
  }
  return 0;
}

function keyOf({ campaign, machines }: DueReport) {
  return { campaignId: campaign.id, machines };
}

/** Since it was counted, or was found to be as it was. */
async function hasNews(pool: Pool, { campaign, countedAt, lookedAt }: DueReport): Promise<boolean> {
  if (!countedAt || !lookedAt || campaign.updated_at > countedAt) return true;
  const since = new Date(lookedAt.getTime() - LATE_MS);
  return hasFactsSince(pool, { ...(await factsOf(pool, campaign)), since });
}

async function countReport(
  { pool, count = reportCampaign }: CountingParts,
  { report, now }: { report: DueReport; now: Date },
): Promise<number> {
  const { campaign, machines } = report;
  const began = performance.now();
  await noteCounting(pool, { ...keyOf(report), since: now });
  try {
    // Links may name who followed them, and are counted when somebody asks.
    const counted = { ...(await count(pool, { campaign, machines })), links: [] };
    const tookMs = performance.now() - began;
    const wire = z.encode(campaignReportSchema, { ...counted, counted_at: now, counting: false });
    await keepReport(pool, { ...keyOf(report), report: wire, countedAt: now, tookMs });
    return Math.max(1, tookMs);
  } finally {
    await noteCounting(pool, { ...keyOf(report), since: null });
  }
}
