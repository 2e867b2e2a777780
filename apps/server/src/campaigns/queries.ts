import type {
  CampaignFollows,
  CampaignPace,
  CampaignSchedule,
  CampaignSplit,
  CampaignState,
  CampaignTerms,
} from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';

/** How a winner was found. */
export interface WinnerResult {
  how: 'rate' | 'tie' | 'too_little' | 'person';
  at: string;
  counts: { sent: number; did: number }[];
}

export interface CampaignRow {
  id: number;
  workspace_id: number;
  key: string;
  name: string;
  state: CampaignState;
  message_id: number | null;
  message_version: number | null;
  include: number[];
  exclude: number[];
  follows: CampaignFollows | null;
  schedule: CampaignSchedule;
  pace: CampaignPace | null;
  hold_out: number;
  split: CampaignSplit | null;
  terms: CampaignTerms;
  other_versions: number[] | null;
  tested_at: Date | null;
  winner: number | null;
  winner_result: WinnerResult | null;
  series_id: number | null;
  starts_at: Date | null;
  started_at: Date | null;
  read_at: Date | null;
  pace_from: Date | null;
  pace_handed: number;
  sweep: number | null;
  reason: string | null;
  ended_at: Date | null;
  created_at: Date;
  updated_at: Date;
  /** The run that launched it, if one did. */
  origin_workflow: number | null;
  origin_block: string | null;
  origin_run: number | null;
  /** What its messages are rendered with, until it has ended. */
  context: JsonObject | null;
}

/** With `lock`, nobody else changes the campaign until the transaction ends. */
export async function findCampaign(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<CampaignRow | undefined> {
  const { rows } = await db.query<CampaignRow>(
    `select * from campaigns where id = $1 and workspace_id = $2 ${lock ? 'for update' : ''}`,
    [id, workspaceId],
  );
  return rows[0];
}

/** Of any workspace, for the driver. */
export async function readCampaign(
  db: Db,
  { id }: { id: number },
): Promise<CampaignRow | undefined> {
  const { rows } = await db.query<CampaignRow>(`select * from campaigns where id = $1`, [id]);
  return rows[0];
}

export interface CampaignFilter {
  workspaceId: number;
  search?: string | undefined;
  state?: CampaignState | undefined;
  series?: number | undefined;
  tagged?: number[] | undefined;
  /** Older than this one, newest first. */
  before?: number | undefined;
  limit: number;
}

/** A workspace has thousands of campaigns at most: its key's index brings them all. */
export async function listCampaigns(db: Db, filter: CampaignFilter): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `select * from campaigns
      where workspace_id = $1
        and ($2::text is null or position(lower($2) in lower(name)) > 0 or key = lower($2))
        and ($3::text is null or state = $3)
        and ($4::bigint is null or series_id = $4)
        and ($5::bigint[] is null or id = any($5))
        and ($6::bigint is null or id < $6)
      order by id desc
      limit $7`,
    [
      filter.workspaceId,
      filter.search ?? null,
      filter.state ?? null,
      filter.series ?? null,
      filter.tagged ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows;
}

/** Keys of the workspace that begin like this one, to find a free one. */
export async function takenKeys(
  db: Db,
  { workspaceId, key }: { workspaceId: number; key: string },
): Promise<Set<string>> {
  const { rows } = await db.query<{ key: string }>(
    `select key from campaigns where workspace_id = $1 and (key = $2 or starts_with(key, $2 || '-'))`,
    [workspaceId, key],
  );
  return new Set(rows.map((row) => row.key));
}

/** The newest with this key, or with it and a number behind. */
export async function findNewestByKey(
  db: Db,
  { workspaceId, key }: { workspaceId: number; key: string },
): Promise<CampaignRow | undefined> {
  const { rows } = await db.query<CampaignRow>(
    `select * from campaigns
      where workspace_id = $1 and (key = $2 or starts_with(key, $2 || '-'))
      order by id desc
      limit 1`,
    [workspaceId, key],
  );
  return rows[0];
}

/** What people write of a campaign. */
export interface CampaignContents {
  name: string;
  message_id: number | null;
  include: number[];
  exclude: number[];
  follows: CampaignFollows | null;
  schedule: CampaignSchedule;
  pace: CampaignPace | null;
  hold_out: number;
  split: CampaignSplit | null;
  terms: CampaignTerms;
}

/** The run that wants a campaign, and what its messages are rendered with. */
export interface Launched {
  workflowId: number;
  block: string;
  runId: number;
  context: JsonObject;
}

/** Undefined when the key is taken. */
export async function insertCampaign(
  tx: Tx,
  {
    workspaceId,
    key,
    seriesId = null,
    launched,
    now,
    ...contents
  }: CampaignContents & {
    workspaceId: number;
    key: string;
    seriesId?: number | null;
    launched?: Launched;
    now: Date;
  },
): Promise<CampaignRow | undefined> {
  const { rows } = await tx.query<CampaignRow>(
    `insert into campaigns (workspace_id, key, name, state, message_id, include, exclude, schedule, pace, hold_out,
                            series_id, created_at, updated_at, follows, split, terms, origin_workflow, origin_block, origin_run,
                            context)
     values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18)
         on conflict on constraint campaigns_key do nothing
     returning *`,
    [
      workspaceId,
      key,
      contents.name,
      contents.message_id,
      contents.include,
      contents.exclude,
      JSON.stringify(contents.schedule),
      contents.pace && JSON.stringify(contents.pace),
      contents.hold_out,
      seriesId,
      now,
      contents.follows && JSON.stringify(contents.follows),
      contents.split && JSON.stringify(contents.split),
      JSON.stringify(contents.terms),
      launched?.workflowId ?? null,
      launched?.block ?? null,
      launched?.runId ?? null,
      launched ? JSON.stringify(launched.context) : null,
    ],
  );
  return rows[0];
}

export async function updateContents(
  tx: Tx,
  { id, now, ...contents }: CampaignContents & { id: number; now: Date },
): Promise<void> {
  await tx.query(
    `update campaigns
        set name = $2, message_id = $3, include = $4, exclude = $5, schedule = $6, pace = $7, hold_out = $8,
            updated_at = $9, follows = $10, split = $11, terms = $12
      where id = $1`,
    [
      id,
      contents.name,
      contents.message_id,
      contents.include,
      contents.exclude,
      JSON.stringify(contents.schedule),
      contents.pace && JSON.stringify(contents.pace),
      contents.hold_out,
      now,
      contents.follows && JSON.stringify(contents.follows),
      contents.split && JSON.stringify(contents.split),
      JSON.stringify(contents.terms),
    ],
  );
}

export async function deleteCampaign(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from campaigns where id = $1`, [id]);
}

/** What a turn of a campaign's state sets; what is left out stays. */
export interface StateChange {
  id: number;
  state: CampaignState;
  now: Date;
  startsAt?: Date | null;
  messageVersion?: number;
  otherVersions?: number[];
  startedAt?: Date;
  endedAt?: Date;
  pace?: { from: Date; handed: number };
  sweep?: number;
  reason?: string | null;
}

export async function setState(tx: Tx, change: StateChange): Promise<void> {
  await tx.query(
    `update campaigns
        set state = $2, updated_at = $3,
            starts_at = case when $4 then $5 else starts_at end,
            message_version = coalesce($6, message_version),
            started_at = coalesce($7, started_at),
            ended_at = coalesce($8, ended_at),
            pace_from = coalesce($9, pace_from),
            pace_handed = coalesce($10, pace_handed),
            sweep = coalesce($11, sweep),
            reason = coalesce($12, reason),
            other_versions = coalesce($13, other_versions),
            -- It may tell of a person, and nobody renders by it any more.
            context = case when $2 in ('finished', 'cancelled') then null else context end
      where id = $1`,
    [
      change.id,
      change.state,
      change.now,
      change.startsAt !== undefined,
      change.startsAt ?? null,
      change.messageVersion ?? null,
      change.startedAt ?? null,
      change.endedAt ?? null,
      change.pace?.from ?? null,
      change.pace?.handed ?? null,
      change.sweep ?? null,
      change.reason ?? null,
      change.otherVersions ?? null,
    ],
  );
}

/** What messages are called, and their channels. */
export async function nameMessages(
  db: Db,
  { ids }: { ids: readonly number[] },
): Promise<Map<number, { name: string; channel: string }>> {
  const { rows } = await db.query<{ id: number; name: string; channel: string }>(
    `select id, name, channel from messages where id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The same by their place in the list, newest first, as the REST API pages. */
export async function listBroadcasts(
  db: Db,
  { workspaceId, offset, limit }: { workspaceId: number; offset: number; limit: number },
): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `select * from campaigns where workspace_id = $1 order by id desc offset $2 limit $3`,
    [workspaceId, offset, limit],
  );
  return rows;
}
