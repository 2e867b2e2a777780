import type {
  ChannelFact,
  DeviceFact,
  EventFact,
  Facts,
  MessageFact,
  RunFact,
} from '@perennial/conditions';
import type { Pool } from '../../db/pool.ts';
import type { Json, JsonObject } from '../../inbox/index.ts';

interface Stored {
  id: number;
  email: string | null;
  phone: string | null;
  external_id: string | null;
  source: string;
  fields: JsonObject;
  created_at: Date;
  updated_at: Date;
  last_seen_at: Date | null;
  segments: string[];
  choices: Record<string, boolean> | null;
  events: {
    event: string;
    at: string;
    params: JsonObject | null;
    key: string | null;
    source: string;
    context: JsonObject | null;
  }[];
  sends: {
    id: string;
    channel: string;
    message: string;
    campaign: string | null;
    workflow: string | null;
    language: string | null;
    tag: string[];
    category: string[];
  }[];
  orders: {
    id: string;
    status: string;
    total: number | null;
    currency: string | null;
    items: Json;
    details: JsonObject;
    source: string;
    at: string;
  }[];
  devices: (Record<'platform' | 'os_version' | 'app' | 'app_version' | 'model', string | null> & {
    push_enabled: boolean | null;
    push_token: string | null;
    last_seen_at: string | null;
  })[];
  runs: { workflow: string; state: string; started: string; ended: string | null }[];
  email_state: string | null;
  web_pushes: string[];
  /** Of its e-mail and its push tokens. */
  suppressions: { channel: string; address: string; reason: string; until: string | null }[];
}

/** By which the workspace's own times and amounts are meant. */
interface Meant {
  workspace_zone: string;
  workspace_currency: string;
}

/**
 * All that is stored of each contact that is there, as the interpreter takes it; read row by row,
 * and in no way that an evaluator reads it.
 */
export async function wholeFacts(
  pool: Pool,
  { workspaceId, now }: { workspaceId: number; now: number },
): Promise<Map<number, Facts>> {
  const { rows } = await pool.query<Stored & Meant>(WHOLE, [workspaceId]);
  return new Map(rows.map((row) => [row.id, factsOf(row, now)]));
}

const WHOLE = `
select w.time_zone as workspace_zone, w.currency as workspace_currency,
       c.id, c.email, c.phone, c.external_id, c.source, c.fields, c.created_at, c.updated_at, c.last_seen_at,
       array(select m.segment_id::text from memberships m where m.contact_id = c.id and m.member) as segments,
       (select jsonb_object_agg(k.key, coalesce(ch.subscribed, k.default_subscribed))
          from categories k
          left join category_choices ch on ch.contact_id = c.id and ch.category_id = k.id
         where k.workspace_id = w.id) as choices,
       (select coalesce(jsonb_agg(jsonb_build_object('event', t.key, 'at', e.occurred_at, 'params', e.params,
                 'key', e.key, 'source', e.source, 'context', e.context)), '[]')
          from events e join event_types t on t.id = e.event_type_id where e.contact_id = c.id) as events,
       (select coalesce(jsonb_agg(jsonb_build_object('id', s.id::text, 'channel', s.channel,
                 'message', s.message_id::text, 'campaign', s.campaign_id::text, 'workflow', s.workflow_id::text,
                 'language', s.language,
                 'tag', array(select t.name from tag_links l join tags t on t.id = l.tag_id
                               where l.object_kind = 'message' and l.object_id = s.message_id),
                 'category', array(select k.key from message_categories l join categories k on k.id = l.category_id
                                    where l.message_id = s.message_id))), '[]')
          from sends s where s.contact_id = c.id and not s.test) as sends,
       (select coalesce(jsonb_agg(jsonb_build_object('id', o.external_order_id, 'status', o.status, 'total', o.total,
                 'currency', o.currency, 'items', o.items, 'details', o.details, 'source', o.source,
                 'at', o.ordered_at)), '[]')
          from orders o where o.contact_id = c.id) as orders,
       (select coalesce(jsonb_agg(to_jsonb(d)), '[]') from devices d where d.contact_id = c.id) as devices,
       (select coalesce(jsonb_agg(jsonb_build_object('workflow', r.workflow_id::text, 'state', r.state,
                 'started', r.started_at, 'ended', r.ended_at)), '[]')
          from runs r where r.contact_id = c.id and not r.test) as runs,
       (select a.state from addresses a
         where a.contact_id = c.id and a.channel = 'email' and a.address = c.email) as email_state,
       array(select i.value from identifiers i
              where i.workspace_id = w.id and i.contact_id = c.id and i.kind = 'web_push') as web_pushes,
       (select coalesce(jsonb_agg(jsonb_build_object('channel', s.channel, 'address', s.address,
                 'reason', s.reason, 'until', s.until)), '[]')
          from suppressions s
         where s.workspace_id = w.id
           and (s.channel = 'email' and s.address = c.email
                or s.channel = 'mobile_push'
                   and s.address in (select d.push_token from devices d where d.contact_id = c.id))) as suppressions
  from contacts c
  join workspaces w on w.id = c.workspace_id
 where w.id = $1 and c.deleted_at is null and c.merged_into is null
 order by c.id`;

function factsOf(row: Stored & Meant, now: number): Facts {
  const zone = row.fields['time_zone'];
  const choices = Object.entries(row.choices ?? {});
  return {
    now,
    workspaceZone: row.workspace_zone,
    workspaceCurrency: row.workspace_currency,
    contactZone: typeof zone === 'string' ? zone : null,
    fields: {
      ...row.fields,
      id: String(row.id),
      external_id: row.external_id,
      email: row.email,
      phone: row.phone,
      source: row.source,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
      last_seen_at: row.last_seen_at?.toISOString() ?? null,
    },
    events: Map.groupBy(eventsOf(row), ({ event }) => event),
    messages: Map.groupBy(messagesOf(row), ({ event }) => event),
    orders: ordersOf(row),
    devices: row.devices.map(deviceOf),
    runs: row.runs.map(runOf),
    segments: new Map(row.segments.map((id) => [id, now])),
    categories: new Set(choices.flatMap(([key, isIn]) => (isIn ? [key] : []))),
    channels: channelsOf(row, now),
  };
}

function eventsOf({ events }: Stored): EventFact[] {
  return events.map(({ event, at, params, key, source, context }) => ({
    event,
    occurredAt: Date.parse(at),
    params: params ?? {},
    key,
    source,
    context,
  }));
}

const ACTIONS: Record<string, string> = {
  MessageSent: 'sent',
  MessageDelivered: 'delivered',
  MessageOpened: 'opened',
  MessageClicked: 'clicked',
  MessageUndelivered: 'undelivered',
  MessageUnsubscribed: 'unsubscribed',
  MessageComplained: 'complained',
};

function messagesOf({ events, sends }: Stored): MessageFact[] {
  const told = events.flatMap(({ event, at, params }) => {
    const action = ACTIONS[event];
    const send = sends.find(({ id }) => id === params?.['send']);
    const machine = params?.['machine'] !== undefined;
    return action && send ? [{ action, at: Date.parse(at), send, machine, params }] : [];
  });
  return told.map(({ action, at, send: { id, ...about }, machine, params }) => {
    const did = (what: string): boolean =>
      told.some((other) => other.send.id === id && other.action === what && !other.machine);
    return {
      event: action,
      occurredAt: at,
      send: id,
      machine,
      params: {
        ...about,
        url: params?.['url'] ?? null,
        opened: did('opened'),
        clicked: did('clicked'),
      },
    };
  });
}

function ordersOf({ orders }: Stored): EventFact[] {
  return orders.map(({ id, details, source, at, ...members }) => ({
    event: 'order',
    occurredAt: Date.parse(at),
    params: { ...details, id, ...members },
    key: id,
    source,
  }));
}

function deviceOf(device: Stored['devices'][number]): DeviceFact {
  const { platform, os_version, app, app_version, model, push_enabled, last_seen_at } = device;
  return { platform, os_version, app, app_version, model, push_enabled, last_seen_at };
}

function runOf({ workflow, state, started, ended }: Stored['runs'][number]): RunFact {
  return {
    workflow,
    state: (state === 'waiting' ? 'running' : state) as RunFact['state'],
    startedAt: Date.parse(started),
    endedAt: ended === null ? null : Date.parse(ended),
  };
}

function channelsOf(row: Stored, now: number): ChannelFact[] {
  const email =
    row.email === null
      ? []
      : [{ channel: 'email', app: null, address: row.email, consent: row.email_state }];
  const pushes = row.devices.flatMap(({ app, push_token: address, push_enabled }) =>
    address === null
      ? []
      : [
          {
            channel: 'mobile_push',
            app,
            address,
            consent: push_enabled === false ? 'off' : 'subscribed',
          },
        ],
  );
  const web = row.web_pushes.map((address) => ({
    channel: 'web_push',
    app: null,
    address,
    consent: 'subscribed',
  }));
  return [...email, ...pushes, ...web].map(({ channel, app, address, consent }) => {
    const against = row.suppressions.filter(
      (one) =>
        one.channel === channel &&
        one.address === address &&
        (one.until === null || Date.parse(one.until) > now),
    );
    const ends = against.flatMap(({ until }) => (until === null ? [] : [Date.parse(until)]));
    return {
      channel,
      app,
      states: [...against.map(({ reason }) => reason), ...agreed(consent, against.length === 0)],
      ...(ends.length > 0 && { until: Math.min(...ends) }),
    };
  });
}

/** An address that nobody confirmed is unconfirmed; what speaks against one hides what was agreed. */
function agreed(consent: string | null, isFree: boolean): string[] {
  if (!isFree) return [];
  if (consent === null) return ['unconfirmed'];
  return consent === 'subscribed' ? ['subscribed', 'reachable'] : [consent];
}
