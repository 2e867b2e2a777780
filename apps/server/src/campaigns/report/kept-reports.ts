import { campaignReportSchema } from '@perennial/contracts';
import { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import type { CampaignRow } from '../queries.ts';
import { findKeptReport, keepReport } from './kept-report-queries.ts';
import { reportCampaign } from './report-campaign.ts';

type Report = z.output<typeof campaignReportSchema>;
type Counted = Omit<Report, 'counting'>;

/** A report is told again for so many times as long as it took to count. */
const KEPT_FOR = 5;
/** Who asks need not wait for one that took so long before. */
const LONG_MS = 1_000;

interface Asked {
  campaign: CampaignRow;
  machines: boolean;
  now: Date;
}

interface Kept {
  counted: Promise<Counted>;
  /** Of the clock that only goes forward; infinite while it is counted. */
  until: number;
}

export interface ReportParts {
  count?: typeof reportCampaign;
  clock?: () => number;
  onError: (cause: unknown) => void;
}

/** What became of campaigns, as of `counted_at`. */
export interface Reports {
  of(db: Pool, asked: Asked): Promise<Report>;
}

/**
 * Keeps reports for a while: pages that show one ask again every few seconds. One that takes long is
 * kept in the database; who asks is told it at once, however old it is, and it is counted anew beside
 * that. Who asks for one that was never counted waits for it.
 */
export function createReports({
  count,
  clock = () => performance.now(),
  onError,
}: ReportParts): Reports {
  const kept = new Map<string, Kept>();

  function begin(db: Pool, key: string, asked: Asked & { keepAnyway: boolean }): Kept {
    const began = clock();
    const counted = countReport(db, { ...asked, clock, ...(count && { count }) });
    const entry: Kept = { counted, until: Infinity };
    kept.set(key, entry);
    counted.then(
      () => (entry.until = clock() + (clock() - began) * KEPT_FOR),
      () => kept.delete(key),
    );
    return entry;
  }

  return {
    async of(db, asked) {
      const { campaign, machines, now } = asked;
      for (const [key, { until }] of kept) if (until <= clock()) kept.delete(key);
      const key = `${campaign.id} ${campaign.updated_at.getTime()} ${machines}`;
      const known = kept.get(key);
      if (known && known.until < Infinity) return { ...(await known.counted), counting: false };
      const before = await findEarlier(db, asked);
      if (before && !known && isFresh(before, { campaign, now })) {
        return { ...before.report, counting: false };
      }
      const { counted } =
        known ?? kept.get(key) ?? begin(db, key, { ...asked, keepAnyway: before !== undefined });
      if (!before) return { ...(await counted), counting: false };
      counted.catch(onError);
      return { ...before.report, counting: true };
    },
  };
}

/** Counts a report, and keeps it for others if that took long. */
export async function countReport(
  db: Pool,
  {
    campaign,
    machines,
    now: countedAt,
    count = reportCampaign,
    clock = () => performance.now(),
    keepAnyway = false,
  }: Asked & Partial<Pick<ReportParts, 'count' | 'clock'>> & { keepAnyway?: boolean },
): Promise<Counted> {
  const began = clock();
  const report = { ...(await count(db, { campaign, machines })), counted_at: countedAt };
  const tookMs = clock() - began;
  if (keepAnyway || tookMs >= LONG_MS) {
    const wire = z.encode(campaignReportSchema, { ...report, counting: false });
    await keepReport(db, { campaignId: campaign.id, machines, report: wire, countedAt, tookMs });
  }
  return report;
}

interface Earlier {
  report: Report;
  tookMs: number;
}

/** None where counting is quick, or an earlier release told something else. */
async function findEarlier(db: Pool, { campaign, machines }: Asked): Promise<Earlier | undefined> {
  const row = await findKeptReport(db, { campaignId: campaign.id, machines });
  if (!row || row.took_ms < LONG_MS) return undefined;
  const { success, data } = z.safeDecode(campaignReportSchema, row.report as never);
  return success ? { report: data, tookMs: row.took_ms } : undefined;
}

function isFresh(
  { report: { counted_at: countedAt }, tookMs }: Earlier,
  { campaign, now }: { campaign: CampaignRow; now: Date },
): boolean {
  return (
    now.getTime() - countedAt.getTime() < tookMs * KEPT_FOR && campaign.updated_at <= countedAt
  );
}
