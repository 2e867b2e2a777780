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
export type Group = 'language' | 'domain' | 'message';

/** How many sends were opened, or clicked, for the first time in each piece of time after the hand-over. */
export interface DelayRow {
  n: number;
  opened: number;
  clicked: number;
}

export interface Tally {
  /** All of them together. */
  totals: OutcomeRow;
  /** By each group that was asked for, the greatest first, at most so many. */
  outcomes: Record<Group, OutcomeRow[]>;
  /** `n` counts the bounds that were passed. */
  delays: DelayRow[];
}

/** What a row of the tally counts. */
type Kind = 'total' | 'opened_after' | 'clicked_after' | Group;

/**
 * Sends of a campaign by several groups, and by how long after the hand-over they were first opened and
 * first clicked, read once for all of it. Indexes sends_of_campaign, deliveries_of_send, and of the facts
 * events_of_message from the start on.
 */
export async function tallySends(
  db: Db,
  asked: Asked,
  { most, boundsMs = [] }: { most: Partial<Record<Group, number>>; boundsMs?: readonly number[] },
): Promise<Tally> {
  const { campaignId, messages, opened, clicked, from, machines } = asked;
  const groups = Object.entries(most) as [Group, number][];
  const delays = boundsMs.length > 0 ? (['opened_after', 'clicked_after'] as const) : [];
  const readsDeliveries = most.domain !== undefined || boundsMs.length > 0;
  const rolled = [
    rolledUp('total', `''`),
    ...groups.map(
      ([group, n]) => `(${rolledUp(group, group)} order by sent desc, name limit ${n})`,
    ),
    ...delays.map((kind) => rolledUp(kind, `${kind}::text`, `${kind} is not null`)),
  ];
  const { rows } = await db.query<OutcomeRow & { kind: Kind }>(
    `with each as (
       select s.contact_id, s.id as send_id, s.message_id, s.language, s.status,
              null::timestamptz as at, null::boolean as click, null::boolean as by_person
         from sends s
        where s.campaign_id = $1 and s.decision = 'sent' and s.status <> 'queued' and not s.test
       union all
       select e.contact_id, ${SEND_ID}, null, null, null,
              e.occurred_at, e.event_type_id = $3, not e.params ? 'machine'
         from events e
        where e.event_type_id in ($2, $3) and e.occurred_at >= $4 and ${ofCampaign(6)}
     ), by_send as (
       -- Grouped rather than joined: of what is computed the planner expects one row, and would compare
       -- every send with every act.
       select contact_id, send_id, max(message_id) as message_id, max(language) as language, max(status) as status,
              coalesce(bool_or(by_person), false) as opened, coalesce(bool_or(click and by_person), false) as clicked,
              bool_or(by_person is not null) as any_open, coalesce(bool_or(click), false) as any_click,
              min(at) filter (where by_person or $5) as opened_at,
              min(at) filter (where click and (by_person or $5)) as clicked_at
         from each
        group by contact_id, send_id
       having max(message_id) is not null
     ), told as (
       select coalesce(language, '') as language, message_id::text as message, coalesce(domain, '') as domain,
              width_bucket(extract(epoch from opened_at - handed_at)::float8 * 1000, $7::float8[]) as opened_after,
              width_bucket(extract(epoch from clicked_at - handed_at)::float8 * 1000, $7::float8[]) as clicked_after,
              status, opened, clicked, any_open, any_click
         from by_send
         ${readsDeliveries ? DELIVERED : NOT_DELIVERED}
     ), cells as materialized (
       select language, message, domain, opened_after, clicked_after,
              count(*) as sent,
              count(*) filter (where status in ('delivered', 'opened', 'clicked', 'unsubscribed', 'complained')) as delivered,
              count(*) filter (where opened or ($5 and any_open)) as opened,
              count(*) filter (where clicked or ($5 and any_click)) as clicked,
              count(*) filter (where status = 'unsubscribed') as unsubscribed,
              count(*) filter (where status = 'complained') as complained,
              count(*) filter (where status = 'undelivered') as undelivered,
              count(*) filter (where status = 'uncertain') as uncertain,
              count(*) filter (where any_open and not opened) as opened_by_machines,
              count(*) filter (where any_click and not clicked) as clicked_by_machines
         from told
        group by language, message, domain, opened_after, clicked_after
     )
     ${rolled.join(' union all ')}`,
    [campaignId, opened, clicked, from, machines, messages.map(String), boundsMs],
  );
  return tallyOf(rows);
}

const COUNTS = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'unsubscribed',
  'complained',
  'undelivered',
  'uncertain',
  'opened_by_machines',
  'clicked_by_machines',
] as const;

function rolledUp(kind: Kind, name: string, where = 'true'): string {
  const sums = COUNTS.map((count) => `coalesce(sum(${count}), 0)::bigint as ${count}`).join(', ');
  const grouped = kind === 'total' ? '' : ` group by ${name}`;
  return `select '${kind}' as kind, ${name} as name, ${sums} from cells where ${where}${grouped}`;
}

function tallyOf(rows: readonly (OutcomeRow & { kind: Kind })[]): Tally {
  const of = (meant: Kind): OutcomeRow[] =>
    rows
      .filter(({ kind }) => kind === meant)
      .map(({ kind: _, ...row }) => row)
      .toSorted((a, b) => b.sent - a.sent || (a.name < b.name ? -1 : 1));
  const opened = new Map(of('opened_after').map(({ name, sent }) => [Number(name), sent]));
  const clicked = new Map(of('clicked_after').map(({ name, sent }) => [Number(name), sent]));
  return {
    totals: of('total')[0]!,
    outcomes: { language: of('language'), domain: of('domain'), message: of('message') },
    delays: [...new Set([...opened.keys(), ...clicked.keys()])].map((n) => ({
      n,
      opened: opened.get(n) ?? 0,
      clicked: clicked.get(n) ?? 0,
    })),
  };
}

/** Where the events of a campaign say something else, they are of no send. */
const SEND_ID = `case when e.params ->> 'send' ~ '^[0-9]{1,15}$' then (e.params ->> 'send')::bigint end`;

const DELIVERED = `cross join lateral (
           select lower(split_part(min(d.address), '@', 2)) as domain, min(d.handed_at) as handed_at
             from deliveries d
            where d.contact_id = by_send.contact_id and d.send_id = by_send.send_id) delivered`;
const NOT_DELIVERED = `cross join (select null::text as domain, null::timestamptz as handed_at) delivered`;

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

/** Whether a fact of the campaign happened since an instant. Index events_of_message, from there on. */
export async function hasFactsSince(
  db: Db,
  {
    campaignId,
    messages,
    told,
    since,
  }: Pick<Asked, 'campaignId' | 'messages'> & { told: readonly number[]; since: Date },
): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>(
    `select exists (select from events e
                     where e.event_type_id = any($2::bigint[]) and e.occurred_at >= $3 and ${ofCampaign(4)}) as has`,
    [campaignId, told, since, messages.map(String)],
  );
  return rows[0]!.has;
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
