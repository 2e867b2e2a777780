import { campaignReportSchema } from '@perennial/contracts';
import { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import type { CampaignRow } from '../queries.ts';
import { factsOf } from './facts-of.ts';
import {
  findKeptReport,
  keepReport,
  UNDER_WAY,
  wantReport,
  type KeptReportRow,
} from './kept-report-queries.ts';
import { reportCampaign } from './report-campaign.ts';
import { countLinks } from './report-queries.ts';

type Report = z.output<typeof campaignReportSchema>;

/** What was counted is told again for so many times as long as that took. */
export const KEPT_FOR = 5;
/** Who asks need not wait for one that took so long before. */
const LONG_MS = 1_000;

interface Asked {
  campaign: CampaignRow;
  machines: boolean;
  now: Date;
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
  const reports = createMemory<Report>(clock);
  const links = createMemory<Report['links']>(clock);

  async function countNow(db: Pool, { campaign, machines, now }: Asked): Promise<Report> {
    const began = clock();
    const counted = await count(db, { campaign, machines });
    const tookMs = clock() - began;
    if (tookMs >= LONG_MS) {
      const report = onWire(counted, now);
      // Whoever asked has the answer, kept or not.
      await keepReport(db, {
        campaignId: campaign.id,
        machines,
        report,
        countedAt: now,
        tookMs,
      }).catch(() => {});
    }
    return { ...counted, counted_at: now, counting: false };
  }

  const linksNow = async (db: Pool, { campaign, machines }: Asked): Promise<Report['links']> =>
    countLinks(db, { ...(await factsOf(db, campaign)), machines });

  return {
    async of(db, asked) {
      const { campaign, machines } = asked;
      const key = `${campaign.id} ${machines}`;
      const earlier = await findEarlier(db, asked);
      if (earlier) return { ...earlier, links: await links.of(key, () => linksNow(db, asked)) };
      return reports.of(`${key} ${campaign.updated_at.getTime()}`, () => countNow(db, asked));
    },
  };
}

/** Remembers what was counted for so many times as long as that took, and shares what is being counted. */
function createMemory<Value>(clock: () => number) {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  return {
    of(key: string, countNow: () => Promise<Value>): Promise<Value> {
      for (const [old, { until }] of kept) if (until <= clock()) kept.delete(old);
      const known = kept.get(key);
      if (known) return known.value;
      const began = clock();
      const entry = { value: countNow(), until: Infinity };
      kept.set(key, entry);
      entry.value.then(
        () => (entry.until = clock() + (clock() - began) * KEPT_FOR),
        () => kept.delete(key),
      );
      return entry.value;
    },
  };
}

/** None where counting anew is quick, or an earlier release told something else. */
async function findEarlier(
  db: Pool,
  { campaign, machines, now }: Asked,
): Promise<Report | undefined> {
  const key = { campaignId: campaign.id, machines };
  const row = await findKeptReport(db, key);
  if (!row?.report) return undefined;
  const isOld = isStale(row, { campaign, now });
  if (isOld && row.took_ms < LONG_MS) return undefined;
  const { success, data } = z.safeDecode(campaignReportSchema, row.report as never);
  if (!success) return undefined;
  const isCounted = row.wanted_at !== null || isUnderWay(row, now);
  if (isOld && !isCounted) await wantReport(db, { ...key, now });
  return { ...data, counting: isOld || isCounted };
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
  const longest = Math.max(UNDER_WAY.ms, tookMs * UNDER_WAY.times);
  return since !== null && now.getTime() - since.getTime() < longest;
}

/** As it is kept: links may name who followed them, and are counted when somebody asks. */
export function onWire(
  counted: Awaited<ReturnType<typeof reportCampaign>>,
  countedAt: Date,
): object {
  const report = { ...counted, links: [], counted_at: countedAt, counting: false };
  return z.encode(campaignReportSchema, report);
}
