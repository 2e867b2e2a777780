import type { Db } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import type { CampaignRow } from '../queries.ts';

/** Told when somebody was told an old report. */
export const REPORTS_CHANNEL = 'perennial_reports';

export interface KeptReportRow {
  /** Null: it was not counted yet. */
  report: JsonObject | null;
  counted_at: Date | null;
  took_ms: number;
  counting_at: Date | null;
  wanted_at: Date | null;
}

/** With machines, or without. */
export interface ReportKey {
  campaignId: number;
  machines: boolean;
}

export async function findKeptReport(
  db: Db,
  { campaignId, machines }: ReportKey,
): Promise<KeptReportRow | undefined> {
  const { rows } = await db.query<KeptReportRow>(
    `select report, counted_at, took_ms, counting_at, wanted_at
       from campaign_reports where campaign_id = $1 and machines = $2`,
    [campaignId, machines],
  );
  return rows[0];
}

/** Asks whoever counts reports for one that is as of now. A campaign may be gone meanwhile. */
export async function wantReport(
  db: Db,
  { campaignId, machines, now }: ReportKey & { now: Date },
): Promise<void> {
  await db.query(
    `insert into campaign_reports (campaign_id, machines, wanted_at)
     select id, $2, $3 from campaigns where id = $1
         on conflict on constraint campaign_reports_pkey do update set wanted_at = excluded.wanted_at`,
    [campaignId, machines, now],
  );
  await db.query(`notify ${REPORTS_CHANNEL}`);
}

/** A report that is worth counting. */
export interface DueReport {
  campaign: CampaignRow;
  machines: boolean;
  countedAt: Date | null;
  /** When it was taken up before. */
  lookedAt: Date | null;
  isWanted: boolean;
}

/** How long a report is left alone after it was taken up. */
export interface ReportPauses {
  /** One that somebody wants: so many times what it took. */
  wantedTimes: number;
  /** One that nobody asked for: so long, and so many times what it took. */
  aheadMs: number;
  aheadTimes: number;
}

/**
 * Reports that somebody wants, and those of campaigns of many contacts that were started since an
 * instant; what was never taken up first. All campaigns of those days are read, some hundreds.
 */
export async function findDueReports(
  db: Db,
  {
    since,
    now,
    least,
    wantedTimes,
    aheadMs,
    aheadTimes,
  }: { since: Date; now: Date; least: number } & ReportPauses,
): Promise<DueReport[]> {
  const { rows } = await db.query<
    CampaignRow & {
      of_machines: boolean;
      counted_at: Date | null;
      looked_at: Date | null;
      wanted: boolean;
    }
  >(
    `with due as (
       select campaign_id, machines from campaign_reports where wanted_at is not null
       union
       select c.id, false
         from campaigns c
        where c.started_at > $1
          and (select sum(decided) from campaign_counts where campaign_id = c.id) >= $3
     )
     select c.*, due.machines as of_machines, r.counted_at, r.looked_at, r.wanted_at is not null as wanted
       from due
       join campaigns c on c.id = due.campaign_id
       left join campaign_reports r on r.campaign_id = due.campaign_id and r.machines = due.machines
      where r.looked_at is null
         or r.looked_at + interval '1 millisecond' * case
              when r.wanted_at is not null then r.took_ms * $4::float8
              else greatest($5::float8, r.took_ms * $6::float8) end <= $2
      order by r.wanted_at is null, r.looked_at nulls first, c.id
      limit 20`,
    [since, now, least, wantedTimes, aheadMs, aheadTimes],
  );
  return rows.map(
    ({ of_machines: machines, counted_at, looked_at, wanted: isWanted, ...campaign }) => ({
      campaign,
      machines,
      countedAt: counted_at,
      lookedAt: looked_at,
      isWanted,
    }),
  );
}

/** Takes a report up; false where another process was quicker. */
export async function takeReport(
  db: Db,
  { campaignId, machines, lookedAt, now }: ReportKey & { lookedAt: Date | null; now: Date },
): Promise<boolean> {
  const { rows } = await db.query(
    `insert into campaign_reports (campaign_id, machines, looked_at)
     select id, $2, $4 from campaigns where id = $1
         on conflict on constraint campaign_reports_pkey
         do update set looked_at = excluded.looked_at, wanted_at = null
      where campaign_reports.looked_at is not distinct from $3
     returning campaign_id`,
    [campaignId, machines, lookedAt, now],
  );
  return rows.length > 0;
}

/** Says that a report is being counted, or, null, that it is not any more. */
export async function noteCounting(
  db: Db,
  { campaignId, machines, since }: ReportKey & { since: Date | null },
): Promise<void> {
  await db.query(
    `update campaign_reports set counting_at = $3 where campaign_id = $1 and machines = $2`,
    [campaignId, machines, since],
  );
}

/** Keeps what was counted. */
export async function keepReport(
  db: Db,
  {
    campaignId,
    machines,
    report,
    countedAt,
    tookMs,
  }: ReportKey & { report: object; countedAt: Date; tookMs: number },
): Promise<void> {
  await db.query(
    `update campaign_reports set report = $3, counted_at = $4, took_ms = $5
      where campaign_id = $1 and machines = $2`,
    [campaignId, machines, JSON.stringify(report), countedAt, Math.round(tookMs)],
  );
}
