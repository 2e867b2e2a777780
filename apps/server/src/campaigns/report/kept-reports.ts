import type { campaignReportSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import type { CampaignRow } from '../queries.ts';
import { reportCampaign } from './report-campaign.ts';

type Report = z.output<typeof campaignReportSchema>;

/** A report is told again for so many times as long as it took to count. */
const KEPT_FOR = 5;

interface Kept {
  report: Promise<Report>;
  /** Of the clock that only goes forward. */
  until: number;
}

/** What became of campaigns, as of `counted_at`. */
export interface Reports {
  of(db: Pool, asked: { campaign: CampaignRow; machines: boolean; now: Date }): Promise<Report>;
}

/**
 * Keeps reports for a while: those of a great campaign take long, and pages that show one ask again every few
 * seconds. Who asks while one is counted waits for that one.
 */
export function createReports({
  count = reportCampaign,
  clock = () => performance.now(),
}: { count?: typeof reportCampaign; clock?: () => number } = {}): Reports {
  const kept = new Map<string, Kept>();

  function begin(key: string, counted: () => Promise<Report>): Promise<Report> {
    const began = clock();
    const entry: Kept = { report: counted(), until: Infinity };
    kept.set(key, entry);
    entry.report.then(
      () => (entry.until = clock() + (clock() - began) * KEPT_FOR),
      () => kept.delete(key),
    );
    return entry.report;
  }

  return {
    of(db, { campaign, machines, now: countedAt }) {
      for (const [key, { until }] of kept) if (until <= clock()) kept.delete(key);
      const key = `${campaign.id} ${campaign.updated_at.getTime()} ${machines}`;
      return (
        kept.get(key)?.report ??
        begin(key, async () => ({
          ...(await count(db, { campaign, machines })),
          counted_at: countedAt,
        }))
      );
    },
  };
}
