import type { Db } from '../db/index.ts';
import type { GateReason } from './decision.ts';

/** Which of these contacts have a send of these campaigns already. Index sends_of_campaign. */
export async function findCampaignSends(
  db: Db,
  { campaignIds, contactIds }: { campaignIds: readonly number[]; contactIds: readonly number[] },
): Promise<{ campaignId: number; contactId: number }[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await db.query<{ campaign_id: number; contact_id: number }>({
    name: 'find_campaign_sends',
    text: `select campaign_id, contact_id from sends
            where campaign_id = any($1::bigint[]) and contact_id = any($2::bigint[])`,
    values: [[...new Set(campaignIds)], contactIds],
  });
  return rows.map((row) => ({ campaignId: row.campaign_id, contactId: row.contact_id }));
}

/** Whether something of a campaign has not left, or is held. Index sends_of_campaign. */
export async function hasOpenSends(
  db: Db,
  { campaignId }: { campaignId: number },
): Promise<boolean> {
  const { rows } = await db.query<{ open: boolean }>(
    `select exists (select from sends
                     where campaign_id = $1 and (status = 'queued' or decision = 'held')) as open`,
    [campaignId],
  );
  return rows[0]!.open;
}

/** Deliveries sent to many that are due and that no sender has taken, up to `most`. Index deliveries_due. */
export async function countPlannedBulk(
  db: Db,
  { slots, most, now }: { slots: number; most: number; now: Date },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>({
    name: 'count_planned_bulk',
    text: `select count(*) as n
             from (select from deliveries
                    where slot = any($1::integer[]) and lane = 1 and due_at <= $2 and due_at is not null
                    limit $3) planned`,
    values: [Array.from({ length: slots }, (_, slot) => slot), now, most],
  });
  return rows[0]!.n;
}

export interface DecisionCount {
  message_id: number;
  decision: 'sent' | 'held' | 'refused';
  /** Of the gate that said no; null for what was not refused. */
  refusal: GateReason | null;
  queued: boolean;
  n: number;
}

/** What was decided in a campaign, and why. Index sends_of_campaign. */
export async function countCampaignDecisions(
  db: Db,
  { campaignId }: { campaignId: number },
): Promise<DecisionCount[]> {
  const { rows } = await db.query<DecisionCount>(
    `select message_id, decision, queued, refusal, count(*) as n
       from (select s.message_id, s.decision, coalesce(s.status = 'queued', false) as queued,
                    case when s.decision = 'refused'
                         then (select jsonb_build_object('gate', r -> 'gate', 'passed', false, 'details',
                                        jsonb_strip_nulls(jsonb_build_object(
                                          'reason', r -> 'details' -> 'reason',
                                          'reasons', r -> 'details' -> 'reasons',
                                          'states', r -> 'details' -> 'states')))
                                 from jsonb_array_elements(s.reasons) with ordinality as each (r, place)
                                where not (r ->> 'passed')::boolean
                                -- Those before the last had it wait at most.
                                order by place desc
                                limit 1) end as refusal
               from sends s
              where s.campaign_id = $1 and not s.test) decisions
      group by message_id, decision, queued, refusal`,
    [campaignId],
  );
  return rows;
}

/** What carries a channel first, and what is wrong with it; undefined: nothing but the outbox. */
export async function findCarrier(
  db: Db,
  { workspaceId, channel }: { workspaceId: number; channel: string },
): Promise<{ kind: string; problem: string | null } | undefined> {
  const { rows } = await db.query<{ kind: string; problem: string | null }>(
    `select kind, problem from providers
      where workspace_id = $1 and channel = $2 and enabled
      order by position, id
      limit 1`,
    [workspaceId, channel],
  );
  return rows[0];
}
