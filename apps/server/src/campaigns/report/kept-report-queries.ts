import type { Db } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import type { CampaignRow } from '../queries.ts';

export interface KeptReportRow {
  report: JsonObject;
  counted_at: Date;
  took_ms: number;
}

export async function findKeptReport(
  db: Db,
  { campaignId, machines }: { campaignId: number; machines: boolean },
): Promise<KeptReportRow | undefined> {
  const { rows } = await db.query<KeptReportRow>(
    `select report, counted_at, took_ms from campaign_reports where campaign_id = $1 and machines = $2`,
    [campaignId, machines],
  );
  return rows[0];
}

/** Of two that are counted at once, the younger one stays. A campaign may be gone meanwhile. */
export async function keepReport(
  db: Db,
  {
    campaignId,
    machines,
    report,
    countedAt,
    tookMs,
  }: {
    campaignId: number;
    machines: boolean;
    report: object;
    countedAt: Date;
    tookMs: number;
  },
): Promise<void> {
  await db.query(
    `insert into campaign_reports (campaign_id, machines, report, counted_at, took_ms)
     select id, $2, $3, $4, $5 from campaigns where id = $1
         on conflict on constraint campaign_reports_pkey
         do update set report = excluded.report, counted_at = excluded.counted_at, took_ms = excluded.took_ms
      where campaign_reports.counted_at < excluded.counted_at`,
    [campaignId, machines, JSON.stringify(report), countedAt, Math.round(tookMs)],
  );
}

/** A campaign whose report is worth counting before somebody asks. */
export interface GreatCampaign {
  campaign: CampaignRow;
  /** As of when its report is known; null: it was never counted. */
  countedAt: Date | null;
}

/**
 * Campaigns of many contacts, started since an instant, whose report is older than `patience` and than
 * so many times what counting took; the one that waits longest first. A handful: campaigns_pkey is read.
 */
export async function findGreatCampaigns(
  db: Db,
  {
    since,
    now,
    least,
    patienceMs,
    times,
  }: { since: Date; now: Date; least: number; patienceMs: number; times: number },
): Promise<GreatCampaign[]> {
  const { rows } = await db.query<CampaignRow & { counted_at: Date | null }>(
    `select c.*, r.counted_at
       from campaigns c
       left join campaign_reports r on r.campaign_id = c.id and not r.machines
      where c.started_at > $1
        and (select sum(decided) from campaign_counts where campaign_id = c.id) >= $3
        and (r.counted_at is null
             or r.counted_at + greatest($4::float8, r.took_ms * $5::float8) * interval '1 millisecond' <= $2)
      order by r.counted_at nulls first, c.id
      limit 50`,
    [since, now, least, patienceMs, times],
  );
  return rows.map(({ counted_at: countedAt, ...campaign }) => ({ campaign, countedAt }));
}
