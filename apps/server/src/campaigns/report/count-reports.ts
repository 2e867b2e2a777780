import type { Pool } from '../../db/index.ts';
import { factsOf } from './facts-of.ts';
import {
  beginCounting,
  findDueReports,
  keepReport,
  noteFailure,
  noteLook,
  type DueReport,
} from './kept-report-queries.ts';
import { KEPT_FOR, onWire } from './kept-reports.ts';
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
  /** For counting alone; `pool` unless given. */
  countingPool?: Pool;
  clock: () => Date;
  /** Only what somebody wants. */
  wantedOnly?: boolean;
  count?: typeof reportCampaign;
  least?: number;
}

export interface CountedReports {
  /** How long one took that was counted, in milliseconds. */
  tookMs: number | undefined;
  /** Somebody wants one that is to be left alone yet, or more than one was wanted. */
  moreWanted: boolean;
}

/** Counts one report that somebody wants, or that of a great campaign of which there is news. */
export async function countReports(parts: CountingParts): Promise<CountedReports> {
  const { pool, clock, least = LEAST, wantedOnly = false } = parts;
  const now = clock();
  const found = await findDueReports(pool, {
    now,
    since: new Date(now.getTime() - SINCE_MS),
    least,
    wantedTimes: KEPT_FOR,
    aheadMs: AHEAD_MS,
    aheadTimes: AHEAD_TIMES,
  });
  const wanted = found.filter(({ isWanted }) => isWanted);
  for (const report of wantedOnly ? wanted : found) {
    if (!report.isDue || !(await isMine(pool, report, now))) continue;
    const tookMs = await countReport(parts, { report, now });
    return { tookMs, moreWanted: wanted.some((other) => other !== report) };
  }
  return { tookMs: undefined, moreWanted: wanted.length > 0 };
}

/** Whether it is to be counted, and by nobody else. */
async function isMine(pool: Pool, report: DueReport, now: Date): Promise<boolean> {
  const key = keyOf(report);
  if (!(await noteLook(pool, { ...key, lookedAt: report.lookedAt, now }))) return false;
  if (!report.isWanted && !(await hasNews(pool, report))) return false;
  return beginCounting(pool, { ...key, now });
}

function keyOf({ campaign, machines }: DueReport) {
  return { campaignId: campaign.id, machines };
}

/** Since it was looked at before. */
async function hasNews(pool: Pool, { campaign, countedAt, lookedAt }: DueReport): Promise<boolean> {
  if (!countedAt || !lookedAt || campaign.updated_at > countedAt) return true;
  const since = new Date(lookedAt.getTime() - LATE_MS);
  return hasFactsSince(pool, { ...(await factsOf(pool, campaign)), since });
}

async function countReport(
  { pool, countingPool = pool, count = reportCampaign }: CountingParts,
  { report, now }: { report: DueReport; now: Date },
): Promise<number> {
  const key = keyOf(report);
  const began = performance.now();
  try {
    const counted = await count(countingPool, {
      campaign: report.campaign,
      machines: report.machines,
      withLinks: false,
    });
    const tookMs = performance.now() - began;
    await keepReport(pool, { ...key, report: onWire(counted, now), countedAt: now, tookMs });
    return tookMs;
  } catch (cause) {
    await noteFailure(pool, { ...key, since: now, tookMs: performance.now() - began });
    throw cause;
  }
}
