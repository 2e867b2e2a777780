import type { Db } from '../../db/index.ts';
import { aboutMessageSql } from '../../events/index.ts';

/** What became of sends of a campaign; each is counted where it is true of it. */
export interface Outcomes {
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  unsubscribed: number;
  complained: number;
  undelivered: number;
  uncertain: number;
}

export interface OutcomeRow extends Outcomes {
  name: string;
  /** Sends that only machines opened, or clicked. */
  opened_by_machines: number;
  clicked_by_machines: number;
}

export interface Asked {
  campaignId: number;
  /** All that it sends, or sent. */
  messages: readonly number[];
  /** IDs of the types MessageOpened and MessageClicked. */
  opened: number;
  clicked: number;
  /** No fact of the campaign is older. */
  from: Date;
  /** Whether what machines opened and clicked counts as well. */
  machines: boolean;
}

/** Facts `e` of the campaign, which is the first parameter; its messages are this one. Index events_of_message. */
function ofCampaign(messages: number): string {
  return `${aboutMessageSql('e', `$${messages}::text[]`)} and e.params ->> 'campaign' = $1::bigint::text`;
}

/** What sends are grouped by. */
const GROUPS = {
  language: `coalesce(s.language, '')`,
  domain: `coalesce((select lower(split_part(d.address, '@', 2)) from deliveries d
                      where d.contact_id = s.contact_id and d.send_id = s.id limit 1), '')`,
  message: `s.message_id::text`,
} as const;
export type Group = keyof typeof GROUPS;

/**
 * Sends of a campaign by group, the greatest first. Indexes sends_of_campaign, deliveries_of_send, and of
 * the facts events_of_message from the start on.
 */
export async function countOutcomes(
  db: Db,
  { campaignId, messages, opened, clicked, from, machines }: Asked,
  { by, limit }: { by: Group; limit: number },
): Promise<OutcomeRow[]> {
  const { rows } = await db.query<OutcomeRow>(
    `with acts as (
       select e.contact_id, e.params ->> 'send' as send,
              bool_or(not e.params ? 'machine') as opened,
              bool_or(e.event_type_id = $3 and not e.params ? 'machine') as clicked,
              bool_or(e.event_type_id = $3) as any_click
         from events e
        where e.event_type_id in ($2, $3) and e.occurred_at >= $4 and ${ofCampaign(7)}
        group by e.contact_id, e.params ->> 'send'
     ), left_sends as (
       select s.status, ${GROUPS[by]} as name, acts.opened, acts.clicked, acts.any_click
         from sends s
         left join acts on acts.contact_id = s.contact_id and acts.send = s.id::text
        where s.campaign_id = $1 and s.decision = 'sent' and s.status <> 'queued' and not s.test
     )
     select name, count(*) as sent,
            count(*) filter (where status in ('delivered', 'opened', 'clicked', 'unsubscribed', 'complained')) as delivered,
            count(*) filter (where opened or ($6 and opened is not null)) as opened,
            count(*) filter (where clicked or ($6 and any_click)) as clicked,
            count(*) filter (where status = 'unsubscribed') as unsubscribed,
            count(*) filter (where status = 'complained') as complained,
            count(*) filter (where status = 'undelivered') as undelivered,
            count(*) filter (where status = 'uncertain') as uncertain,
            count(*) filter (where opened is false) as opened_by_machines,
            count(*) filter (where any_click and not clicked) as clicked_by_machines
       from left_sends
      group by name
      order by sent desc, name
      limit $5`,
    [campaignId, opened, clicked, from, limit, machines, messages.map(String)],
  );
  return rows;
}

/**
 * Sends of a campaign after which the contact had an event, by message. Indexes sends_of_campaign, and of
 * the events events_by_type from the start on.
 */
export async function countConverted(
  db: Db,
  {
    campaignId,
    event,
    windowMinutes,
    from,
  }: { campaignId: number; event: number; windowMinutes: number; from: Date },
): Promise<Map<number, number>> {
  const { rows } = await db.query<{ message_id: number; n: number }>(
    `with goals as (
       select e.contact_id, e.occurred_at from events e where e.event_type_id = $2 and e.occurred_at >= $3
     )
     select s.message_id, count(*) as n
       from sends s
      where s.campaign_id = $1 and s.decision = 'sent' and s.status <> 'queued' and not s.test
        and exists (select from goals
                     where goals.contact_id = s.contact_id and goals.occurred_at >= s.created_at
                       and goals.occurred_at < s.created_at + make_interval(mins => $4))
      group by s.message_id`,
    [campaignId, event, from, windowMinutes],
  );
  return new Map(rows.map((row) => [row.message_id, row.n]));
}

export interface Bucket {
  n: number;
  sent: number;
  opened: number;
  clicked: number;
}

/** Facts of a campaign in pieces of time, counted from the start. Index events_of_message. */
export async function countOverTime(
  db: Db,
  {
    campaignId,
    messages,
    sent,
    opened,
    clicked,
    from,
    machines,
    bucketMs,
  }: Asked & { sent: number; bucketMs: number },
): Promise<Bucket[]> {
  const { rows } = await db.query<Bucket>(
    `select floor(extract(epoch from e.occurred_at - $5::timestamptz) * 1000 / $6)::integer as n,
            count(*) filter (where e.event_type_id = $2) as sent,
            count(*) filter (where e.event_type_id = $3 and ($7 or not e.params ? 'machine')) as opened,
            count(*) filter (where e.event_type_id = $4 and ($7 or not e.params ? 'machine')) as clicked
       from events e
      where e.event_type_id in ($2, $3, $4) and e.occurred_at >= $5 and ${ofCampaign(8)}
      group by n
      order by n`,
    [campaignId, sent, opened, clicked, from, bucketMs, machines, messages.map(String)],
  );
  return rows;
}

export interface LinkRow {
  url: string;
  message: number;
  clicks: number;
  contacts: number;
}

/** Links that were clicked in each message, the most clicked first. Index events_of_message. */
export async function countLinks(
  db: Db,
  { campaignId, messages, clicked, from, machines }: Asked,
): Promise<LinkRow[]> {
  const { rows } = await db.query<LinkRow>(
    `select e.params ->> 'url' as url, (e.params ->> 'message')::bigint as message, count(*) as clicks, count(distinct e.contact_id) as contacts
       from events e
      where e.event_type_id = $2 and e.occurred_at >= $3 and ${ofCampaign(5)}
        and ($4 or not e.params ? 'machine') and e.params ? 'url'
      group by 1, 2
      order by clicks desc, url, message
      limit 200`,
    [campaignId, clicked, from, machines, messages.map(String)],
  );
  return rows;
}

/** The last instant of which a fact of the campaign tells. Index events_of_message, its last entry of each type and message. */
export async function lastFact(
  db: Db,
  { campaignId, messages, sent, opened, clicked, from }: Asked & { sent: number },
): Promise<Date | null> {
  if (messages.length === 0) return null;
  const lasts = messages.flatMap((_, i) => [3, 4, 5].map((type) => lastOf(`$${type}`, i + 6)));
  const { rows } = await db.query<{ at: Date | null }>(
    `select max(at) as at from (${lasts.join(' union all ')}) lasts`,
    [campaignId, from, sent, opened, clicked, ...messages.map(String)],
  );
  return rows[0]?.at ?? null;
}

function lastOf(type: string, message: number): string {
  return `(select e.occurred_at as at from events e
            where e.event_type_id = ${type} and e.occurred_at >= $2
              and e.params ? 'delivery' and left(e.params ->> 'message', 20) = $${message}
              and e.params ->> 'campaign' = $1::bigint::text
            order by e.occurred_at desc limit 1)`;
}

/** How many sends were opened, or clicked, for the first time in each piece of time after the hand-over. */
export interface DelayRow {
  n: number;
  opened: number;
  clicked: number;
}

/**
 * Sends by how long after the hand-over they were first opened and first clicked; `n` counts the bounds
 * that were passed. Index events_of_message from the start on; deliveries_of_send.
 */
export async function countDelays(
  db: Db,
  {
    campaignId,
    messages,
    opened,
    clicked,
    from,
    machines,
    boundsMs,
  }: Asked & { boundsMs: readonly number[] },
): Promise<DelayRow[]> {
  const { rows } = await db.query<DelayRow>(
    `with firsts as (
       select e.contact_id,
              case when e.params ->> 'send' ~ '^[0-9]{1,15}$' then (e.params ->> 'send')::bigint end as send_id,
              min(e.occurred_at) as opened_at,
              min(e.occurred_at) filter (where e.event_type_id = $3) as clicked_at
         from events e
        where e.event_type_id in ($2, $3) and e.occurred_at >= $4 and ${ofCampaign(7)}
          and ($5 or not e.params ? 'machine')
        group by e.contact_id, send_id
     ), delays as (
       select extract(epoch from firsts.opened_at - d.handed_at) * 1000 as opened_ms,
              extract(epoch from firsts.clicked_at - d.handed_at) * 1000 as clicked_ms
         from firsts
         cross join lateral (select min(own.handed_at) as handed_at from deliveries own
                              where own.contact_id = firsts.contact_id and own.send_id = firsts.send_id) d
        where d.handed_at is not null
     ), pieces as (
       select width_bucket(opened_ms::float8, $6::float8[]) as n, 1 as opened, 0 as clicked from delays
       union all
       select width_bucket(clicked_ms::float8, $6::float8[]), 0, 1 from delays where clicked_ms is not null
     )
     select n, sum(opened)::bigint as opened, sum(clicked)::bigint as clicked from pieces group by n order by n`,
    [campaignId, opened, clicked, from, machines, boundsMs, messages.map(String)],
  );
  return rows;
}
