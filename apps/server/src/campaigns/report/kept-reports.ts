import { campaignReportSchema } from '@perennial/contracts';
import { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import type { CampaignRow } from '../queries.ts';
import { factsOf } from './facts-of.ts';
import { findKeptReport, wantReport, type KeptReportRow } from './kept-report-queries.ts';
import { reportCampaign } from './report-campaign.ts';
import { countLinks } from './report-queries.ts';

type Report = z.output<typeof campaignReportSchema>;

/** A report is told again for so many times as long as it took to count. */
export const KEPT_FOR = 5;
/** Who asks need not wait for one that took so long before. */
const LONG_MS = 1_000;
/** Who began to count it is gone after so long, or after so many times what it took before. */
const UNDER_WAY_MS = 60_000;
const UNDER_WAY_TIMES = 3;

interface Asked {
  campaign: CampaignRow;
  machines: boolean;
  now: Date;
}

interface Kept {
  report: Promise<Report>;
  /** Of the clock that only goes forward; infinite while it is counted. */
  until: number;
}

/** What became of campaigns, as of `counted_at`. */
export interface Reports {
  of(db: Pool, asked: Asked): Promise<Report>;
}

/**
 * Keeps reports for a while: pages that show one ask again every few seconds. One that takes long is in
 * the database: who asks is told it at once, and where it is old, whoever counts reports is told. Who
 * asks for one that was never counted waits for it, with all who ask meanwhile.
 */
export function createReports({
  count = reportCampaign,
  clock = () => performance.now(),
}: { count?: typeof reportCampaign; clock?: () => number } = {}): Reports {
  const kept = new Map<string, Kept>();

  function begin(db: Pool, key: string, { campaign, machines, now }: Asked): Kept {
    const began = clock();
    const report = count(db, { campaign, machines }).then(async (counted) => {
      if (clock() - began >= LONG_MS) {
        await wantReport(db, { campaignId: campaign.id, machines, now });
      }
      return { ...counted, counted_at: now, counting: false };
    });
    const entry: Kept = { report, until: Infinity };
    kept.set(key, entry);
    report.then(
      () => (entry.until = clock() + (clock() - began) * KEPT_FOR),
      () => kept.delete(key),
    );
    return entry;
  }

  return {
    async of(db, asked) {
      const earlier = await findEarlier(db, asked);
      if (earlier) return earlier;
      for (const [key, { until }] of kept) if (until <= clock()) kept.delete(key);
      const { campaign, machines } = asked;
      const key = `${campaign.id} ${campaign.updated_at.getTime()} ${machines}`;
      return (kept.get(key) ?? begin(db, key, asked)).report;
    },
  };
}

/** None where counting is quick, or an earlier release told something else. */
async function findEarlier(
  db: Pool,
  { campaign, machines, now }: Asked,
): Promise<Report | undefined> {
  const key = { campaignId: campaign.id, machines };
  const row = await findKeptReport(db, key);
  if (!row?.report || row.took_ms < LONG_MS) return undefined;
  const { success, data } = z.safeDecode(campaignReportSchema, row.report as never);
  if (!success) return undefined;
  const links = await countLinks(db, { ...(await factsOf(db, campaign)), machines });
  const isOld = isStale(row, { campaign, now });
  const isCounted = row.wanted_at !== null || isUnderWay(row, now);
  if (isOld && !isCounted) await wantReport(db, { ...key, now });
  return { ...data, links, counting: isOld || isCounted };
}

function isStale(
  { counted_at: countedAt, took_ms: tookMs }: KeptReportRow,
  { campaign, now }: { campaign: CampaignRow; now: Date },
): boolean {
  return (
    countedAt === null ||
    campaign.updated_at > countedAt ||
    now.getTime() - countedAt.getTime() >= tookMs * KEPT_FOR
  );
}

function isUnderWay({ counting_at: since, took_ms: tookMs }: KeptReportRow, now: Date): boolean {
  const longest = Math.max(UNDER_WAY_MS, tookMs * UNDER_WAY_TIMES);
  return since !== null && now.getTime() - since.getTime() < longest;
}
