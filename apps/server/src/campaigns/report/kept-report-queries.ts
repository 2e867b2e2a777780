import type { Db } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import type { CampaignRow } from '../queries.ts';

/** Told when somebody wants a report that is as of now. */
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

/** Whoever began to count is gone after so long, or after so many times what it took before. */
export const UNDER_WAY = { ms: 60_000, times: 3 };

/** Whether a row `r` is being counted at an instant, as SQL. */
function isUnderWay(now: string): string {
  return `coalesce(r.counting_at + interval '1 millisecond' * greatest(${UNDER_WAY.ms}, r.took_ms * ${UNDER_WAY.times}) > ${now}, false)`;
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

/** Asks whoever counts reports for one that is known already. */
export async function wantReport(
  db: Db,
  { campaignId, machines, now }: ReportKey & { now: Date },
): Promise<void> {
  await db.query(
    `update campaign_reports set wanted_at = $3 where campaign_id = $1 and machines = $2`,
    [campaignId, machines, now],
  );
  await db.query(`notify ${REPORTS_CHANNEL}`);
}

/** A report that is worth counting, now or soon. */
export interface DueReport {
  campaign: CampaignRow;
  machines: boolean;
  countedAt: Date | null;
  /** When it was looked at before. */
  lookedAt: Date | null;
  isWanted: boolean;
  /** It need not be left alone any longer. */
  isDue: boolean;
}

/** How long a report is left alone. */
export interface ReportPauses {
  /** One that somebody wants: so many times what it took. */
  wantedTimes: number;
  /** One that nobody asked for: so long, and so many times what it took. */
  aheadMs: number;
  aheadTimes: number;
}

/**
 * Reports that somebody wants, and those that are due of campaigns of many contacts that were started
 * since an instant, the wanted ones first; none that is being counted. All campaigns of those days
 * are read, some hundreds.
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
      due: boolean;
    }
  >(
    `with meant as (
       select campaign_id, machines from campaign_reports where wanted_at is not null
       union
       select c.id, false
         from campaigns c
        where c.started_at > $1
          and (select sum(decided) from campaign_counts where campaign_id = c.id) >= $3
     ), paused as (
       select meant.campaign_id, meant.machines, r.counted_at, r.looked_at, r.wanted_at is not null as wanted,
              coalesce(r.looked_at + interval '1 millisecond' * case
                when r.wanted_at is not null then r.took_ms * $4::float8
                else greatest($5::float8, r.took_ms * $6::float8) end <= $2, true) as due
         from meant
         left join campaign_reports r on r.campaign_id = meant.campaign_id and r.machines = meant.machines
        where r.campaign_id is null or not ${isUnderWay('$2')}
     )
     select c.*, paused.machines as of_machines, paused.counted_at, paused.looked_at, paused.wanted, paused.due
       from paused
       join campaigns c on c.id = paused.campaign_id
      where paused.wanted or paused.due
      order by not paused.wanted, not paused.due, paused.looked_at nulls first, c.id
      limit 20`,
    [since, now, least, wantedTimes, aheadMs, aheadTimes],
  );
  return rows.map(({ of_machines: machines, counted_at, looked_at, wanted, due, ...campaign }) => ({
    campaign,
    machines,
    countedAt: counted_at,
    lookedAt: looked_at,
    isWanted: wanted,
    isDue: due,
  }));
}

/** Looks at a report; false where another process was quicker. */
export async function noteLook(
  db: Db,
  { campaignId, machines, lookedAt, now }: ReportKey & { lookedAt: Date | null; now: Date },
): Promise<boolean> {
  const { rows } = await db.query(
    `insert into campaign_reports as r (campaign_id, machines, looked_at)
     select id, $2, $4 from campaigns where id = $1
         on conflict on constraint campaign_reports_pkey
         do update set looked_at = excluded.looked_at where r.looked_at is not distinct from $3
     returning r.campaign_id`,
    [campaignId, machines, lookedAt, now],
  );
  return rows.length > 0;
}

/** Begins to count a report that was looked at; false where somebody counts it. */
export async function beginCounting(
  db: Db,
  { campaignId, machines, now }: ReportKey & { now: Date },
): Promise<boolean> {
  const { rows } = await db.query(
    `update campaign_reports r set counting_at = $3
      where campaign_id = $1 and machines = $2 and not ${isUnderWay('$3')}
     returning campaign_id`,
    [campaignId, machines, now],
  );
  return rows.length > 0;
}

/** Says that a count failed: it is left alone as if it had been counted, and is news for whoever looks next. */
export async function noteFailure(
  db: Db,
  { campaignId, machines, since, tookMs }: ReportKey & { since: Date; tookMs: number },
): Promise<void> {
  await db.query(
    `update campaign_reports
        set counting_at = null, wanted_at = null, counted_at = null, took_ms = greatest(took_ms, $4)
      where campaign_id = $1 and machines = $2 and counting_at = $3`,
    [campaignId, machines, since, Math.round(tookMs)],
  );
}

/** Keeps what was counted, unless something younger is there. A campaign may be gone meanwhile. */
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
    `insert into campaign_reports as r (campaign_id, machines, report, counted_at, took_ms, looked_at)
     select id, $2, $3, $4, $5, $4 from campaigns where id = $1
         on conflict on constraint campaign_reports_pkey
         do update set report = excluded.report, counted_at = excluded.counted_at, took_ms = excluded.took_ms,
                       looked_at = greatest(r.looked_at, excluded.looked_at), wanted_at = null,
                       counting_at = case when r.counting_at <= excluded.counted_at then null else r.counting_at end
      where coalesce(r.counted_at <= excluded.counted_at, true)`,
    [campaignId, machines, JSON.stringify(report), countedAt, Math.round(tookMs)],
  );
}
