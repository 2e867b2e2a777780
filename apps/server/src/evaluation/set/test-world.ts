import type {
  ChannelFact,
  EventFact,
  Facts,
  Json,
  JsonObject,
  MessageFact,
  RunFact,
} from '@perennial/conditions';
import { anyEvent, anyValue, NOW } from '@perennial/conditions/test-arbitraries';
import fc from 'fast-check';
import {
  fieldTypesOf,
  normalizeValue,
  SYSTEM_FIELDS,
  type CustomRules,
  type FieldRule,
} from '../../contacts/index.ts';
import type { Pool } from '../../db/index.ts';
import { ensurePartitions } from '../../db/partitions.ts';
import { contactQuestions } from '../../main/around-contacts.ts';
import type { SetQuestion } from './set-question.ts';

export const WORKSPACE_ZONE = 'Europe/Kyiv';
const WORKSPACE_CURRENCY = 'UAH';
const WORKSPACE_ID = 1;
const DAY = 86_400_000;

export const rules: CustomRules = new Map(
  Object.entries({
    plan: 'text',
    score: 'decimal',
    active: 'boolean',
    trial_end: 'date',
    seen: 'date_time',
    tags: 'multiple_choice',
  } as const).map(([key, type]) => [key, { type, archived: false }]),
);
export const fields = fieldTypesOf(rules);

const words = fc.constantFrom('A', 'a', 'B', 'b ', 'Ä', '5', '5.0', 'true', '2026-10-14');
const days = fc.constantFrom('2026-10-13', '2026-10-14', '2026-10-15', '2024-02-29', '1990-10-12');
const ids = fc.constantFrom('1', '2');
const versions = fc.constantFrom(null, '1.2', '1.2.0', '1.10', '2', '17.4.1', 'beta', '1.2b');
/** Instants of the past; many lie at the edges of days or far back. */
const before = fc.oneof(
  fc.integer({ min: NOW - 40 * DAY, max: NOW }),
  fc.integer({ min: NOW - 400 * DAY, max: NOW }),
  fc.nat(20).map((ago) => Date.UTC(2026, 9, 14) - ago * DAY),
  fc.constant(NOW),
);
/** Dates of parameters that conditions compare with periods. */
const moments = fc.oneof(
  fc.integer({ min: NOW - 12 * DAY, max: NOW + 12 * DAY }),
  fc.integer({ min: NOW - 12 * DAY, max: NOW + 12 * DAY }).map((at) => new Date(at).toISOString()),
  fc.constantFrom(
    '2026-10-13T23:30+02:00',
    '2026-10-14T02:15:07.1239-0330',
    '2026-10-25T03:30',
    '2026-10-14 00:00:00.0005',
    '2011-12-30T10:00',
    '2011-12-30',
    '2026-02-30',
    '1900-02-29',
    '2000-02-29',
    '2024-02-29T12:00Z',
    '2026-04-31',
    '0001-01-01',
    '9999-12-31T23:59:59.999',
    '0000-01-01',
    '2026-10-14T24:00',
    '2026-10-14T09:30+23:30',
    1e300,
    -1e300,
    0.1,
    1792057800000.9,
  ),
);
const value = fc.oneof({ weight: 3, arbitrary: anyValue }, { weight: 2, arbitrary: moments });
const params = fc.record(
  {
    p: value,
    q: value,
    tags: fc.array(words, { maxLength: 3 }),
    list: fc.oneof(
      { weight: 5, arbitrary: fc.array(fc.record({ v: value }), { maxLength: 3 }) },
      { weight: 1, arbitrary: value },
    ),
  },
  { requiredKeys: [] },
);

const ZONES = ['Asia/Tokyo', 'America/New_York', 'Pacific/Apia'];

/** What speaks against addresses. */
const SUPPRESSIONS: Record<string, { reason: string; until: number | null }[]> = {
  a: [{ reason: 'blocked', until: NOW + DAY }],
  b: [
    { reason: 'blocked', until: NOW + 1 },
    { reason: 'unsubscribed', until: null },
  ],
  true: [{ reason: 'blocked', until: NOW - DAY }],
  '5': [{ reason: 'unsubscribed', until: NOW + 30 * DAY }],
};

const storedFields: Record<string, fc.Arbitrary<Json>> = {
  'custom.plan': words,
  'custom.score': fc.oneof(fc.integer({ min: -5, max: 9 }), fc.constantFrom(0.1, 5.5, 100)),
  'custom.active': fc.boolean(),
  'custom.trial_end': days,
  'custom.seen': before.map((at) => new Date(at + 3 * DAY).toISOString()),
  'custom.tags': fc.array(words, { maxLength: 3 }),
  city: words,
  birthday: days,
  time_zone: fc.constantFrom(...ZONES),
};

const person = fc.record({
  fields: fc.record(storedFields, { requiredKeys: [] }),
  email: fc.option(fc.constantFrom(...Object.keys(SUPPRESSIONS), 'c', 'ä')),
  createdAt: fc.constantFrom(NOW, NOW - DAY, Date.UTC(2026, 9, 1)),
  deleted: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  events: fc.array(
    fc.tuple(anyEvent, params).map(([event, own]): EventFact => ({ ...event, params: own })),
    { maxLength: 12 },
  ),
  orders: fc.array(
    fc.record({
      orderedAt: before,
      status: fc.constantFrom('IN_PROGRESS', 'DELIVERED'),
      total: fc.constantFrom(0, 5, 5.5, 100),
      currency: fc.constantFrom(null, 'UAH', 'EUR'),
      items: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 2 }),
      details: params,
    }),
    { maxLength: 4 },
  ),
  devices: fc.array(
    fc.record({
      platform: fc.constantFrom(null, 'a', 'ios'),
      app: fc.constantFrom(null, 'fit', 'run'),
      os_version: versions,
      app_version: versions,
      model: fc.constantFrom(null, 'A'),
      push_token: fc.boolean(),
      push_enabled: fc.constantFrom(null, true, false),
      last_seen_at: before,
    }),
    { maxLength: 3 },
  ),
  runs: fc.array(
    fc.record({
      workflow: ids,
      state: fc.constantFrom('waiting', 'running', 'completed', 'stopped', 'failed'),
      startedAt: before,
      length: fc.nat(9 * DAY),
    }),
    { maxLength: 3 },
  ),
  sends: fc.array(
    fc.record({
      message: ids,
      channel: fc.constantFrom('email', 'mobile_push'),
      language: fc.constantFrom(null, 'en', 'A'),
      facts: fc.array(
        fc.record({
          action: fc.constantFrom('sent', 'delivered', 'opened', 'clicked'),
          at: before,
          machine: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 3 },
  ),
  segments: fc.uniqueArray(ids),
  choices: fc.record({ news: fc.boolean(), offers: fc.boolean() }, { requiredKeys: [] }),
  consent: fc.constantFrom(null, 'subscribed', 'unconfirmed'),
});

type Drawn = typeof person extends fc.Arbitrary<infer T> ? T : never;

/** A contact of the world, and what is true of it, as of an instant. */
export interface Inhabitant {
  id: number;
  deleted: boolean;
  factsAt: (now: number) => Facts;
}

const MESSAGES: Record<string, { tag: string[]; category: string[] }> = {
  1: { tag: ['A', 'b '], category: ['news'] },
  2: { tag: [], category: [] },
};
const DEFAULTS: Record<string, boolean> = { news: true, offers: false };
const TYPES: Record<string, string> = {
  sent: 'MessageSent',
  delivered: 'MessageDelivered',
  opened: 'MessageOpened',
  clicked: 'MessageClicked',
};

/** Draws some contacts with histories and writes them into an empty database. */
export async function createWorld(
  pool: Pool,
  { people, seed }: { people: number; seed: number },
): Promise<Inhabitant[]> {
  const drawn = fc.sample(person, { numRuns: people, seed });
  await ensurePartitions(pool, { now: new Date(NOW) });
  await insertRows(pool, drawn);
  return drawn.map((one, n) => inhabitant(one, n + 1));
}

/** The question about this world. */
export function questionOf(rule: SetQuestion['rule'], now: number): SetQuestion {
  return {
    rule,
    workspaceId: WORKSPACE_ID,
    workspaceZone: WORKSPACE_ZONE,
    workspaceCurrency: WORKSPACE_CURRENCY,
    now: new Date(now),
    fields,
    questions: contactQuestions,
    zones: ZONES,
  };
}

function inhabitant(one: Drawn, id: number): Inhabitant {
  const events = Map.groupBy(one.events, ({ event }) => event);
  const messages = Map.groupBy(
    one.sends.flatMap((_, n) => messageFacts(one, n)),
    ({ event }) => event,
  );
  const orders = one.orders.map((order, n): EventFact => ({
    event: 'order',
    occurredAt: order.orderedAt,
    key: orderId(n),
    source: 'api',
    params: {
      ...order.details,
      id: orderId(n),
      status: order.status,
      total: order.total,
      currency: order.currency,
      items: order.items,
    },
  }));
  const runs = one.runs.map((run): RunFact => ({
    workflow: run.workflow,
    state: run.state === 'waiting' ? 'running' : run.state,
    startedAt: run.startedAt,
    endedAt: endOf(run),
  }));
  const categories = new Set(
    Object.keys(DEFAULTS).filter(
      (key) => one.choices[key as keyof typeof one.choices] ?? DEFAULTS[key],
    ),
  );
  const stored = storedValues(one);
  const devices = one.devices.map(({ push_token: _, ...device }): JsonObject => device);
  return {
    id,
    deleted: one.deleted,
    factsAt: (now) => ({
      now,
      workspaceZone: WORKSPACE_ZONE,
      workspaceCurrency: WORKSPACE_CURRENCY,
      contactZone: stored['time_zone'] as string | undefined,
      fields: {
        ...stored,
        id: String(id),
        email: one.email,
        created_at: new Date(one.createdAt).toISOString(),
      },
      events,
      messages,
      orders,
      devices,
      runs,
      categories,
      segments: new Map(one.segments.map((segment) => [segment, NOW - DAY])),
      channels: channelsAt(one, now),
    }),
  };
}

function messageFacts(one: Drawn, n: number): MessageFact[] {
  const send = one.sends[n]!;
  const happened = (action: string): boolean =>
    send.facts.some((fact) => fact.action === action && !fact.machine);
  return send.facts.map(({ action, at, machine }) => ({
    event: action,
    occurredAt: at,
    send: String(n),
    machine,
    params: {
      channel: send.channel,
      message: send.message,
      language: send.language,
      ...MESSAGES[send.message],
      opened: happened('opened'),
      clicked: happened('clicked'),
    },
  }));
}

function channelsAt(one: Drawn, now: number): ChannelFact[] {
  const standing = (SUPPRESSIONS[one.email ?? ''] ?? []).filter(
    ({ until }) => until === null || until > now,
  );
  const ends = standing.flatMap(({ until }) => until ?? []);
  const email: ChannelFact = {
    channel: 'email',
    app: null,
    states: [
      ...standing.map(({ reason }) => reason),
      ...(one.consent === 'subscribed' && standing.length === 0 ? ['subscribed', 'reachable'] : []),
      ...(one.consent !== 'subscribed' && standing.length === 0 ? ['unconfirmed'] : []),
    ],
    ...(ends.length > 0 && { until: Math.min(...ends) }),
  };
  const pushes = one.devices.flatMap((device): ChannelFact[] =>
    device.push_token
      ? [
          {
            channel: 'mobile_push',
            app: device.app,
            states: device.push_enabled === false ? [] : ['subscribed', 'reachable'],
          },
        ]
      : [],
  );
  return [...(one.email === null ? [] : [email]), ...pushes];
}

/** As the pipeline stores them. */
function storedValues({ fields: drawn }: Drawn): Record<string, Json> {
  const stored = Object.entries(drawn).flatMap(([field, given]) => {
    const rule = (SYSTEM_FIELDS[field] ?? rules.get(field.slice('custom.'.length))) as FieldRule;
    const normalized = normalizeValue(rule, (given ?? null) as never);
    return normalized.ok && normalized.value !== null ? [[field, normalized.value] as const] : [];
  });
  return Object.fromEntries(stored);
}

function orderId(n: number): string {
  return `order ${n}`;
}

function endOf({ state, startedAt, length }: Drawn['runs'][number]): number | null {
  return state === 'waiting' || state === 'running' ? null : Math.min(NOW, startedAt + length);
}

async function insertRows(pool: Pool, drawn: Drawn[]): Promise<void> {
  const at = (instant: number): string => new Date(instant).toISOString();
  const insert = async (table: string, rows: object[]): Promise<void> => {
    if (rows.length === 0) return;
    const columns = Object.keys(rows[0]!).join(', ');
    await pool.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
  };
  const each = <Row extends object>(rowsOf: (one: Drawn, contactId: number) => Row[]): Row[] =>
    drawn.flatMap((one, n) => rowsOf(one, n + 1));
  const now = at(NOW);
  await insert('workspaces', [
    {
      id: WORKSPACE_ID,
      slug: 'w',
      name: 'W',
      time_zone: WORKSPACE_ZONE,
      currency: WORKSPACE_CURRENCY,
      created_at: now,
      settings: {},
    },
  ]);
  await insert(
    'event_types',
    ['Strength', 'Opened', ...Object.values(TYPES)].map((key, n) => ({
      id: n + 1,
      workspace_id: WORKSPACE_ID,
      key,
      name: key,
      category: 'other',
      description: '',
      settings: {},
      created_at: now,
    })),
  );
  await insert(
    'contacts',
    each((one, id) => [
      {
        id,
        workspace_id: WORKSPACE_ID,
        email: one.email,
        fields: storedValues(one),
        set_at: {},
        source: 'api',
        created_at: at(one.createdAt),
        updated_at: at(one.createdAt),
        deleted_at: one.deleted ? now : null,
      },
    ]),
  );
  const { rows: types } = await pool.query<{ id: number; key: string }>(
    `select id, key from event_types`,
  );
  const typeIds = new Map(types.map(({ id, key }) => [key, id]));
  let eventId = 0;
  const eventRow = (contact_id: number, type: string, instant: number, rest: object): object => ({
    contact_id,
    id: (eventId += 1),
    event_type_id: typeIds.get(type),
    occurred_at: at(instant),
    received_at: at(instant),
    workspace_id: WORKSPACE_ID,
    source: 'api',
    key: null,
    context: null,
    flags: 0,
    ...rest,
  });
  await insert(
    'events',
    each((one, id) => [
      ...one.events.map((event) =>
        eventRow(id, event.event, event.occurredAt, {
          params: event.params,
          key: event.key,
          context: event.context,
        }),
      ),
      ...one.sends.flatMap((send, n) =>
        send.facts.map((fact) =>
          eventRow(id, TYPES[fact.action]!, fact.at, {
            params: { send: String(n), ...(fact.machine && { machine: 'proxy' }) },
          }),
        ),
      ),
    ]),
  );
  await insert(
    'orders',
    each((one, contact_id) =>
      one.orders.map(({ orderedAt, ...order }, n) => ({
        contact_id,
        external_order_id: orderId(n),
        workspace_id: WORKSPACE_ID,
        ...order,
        ordered_at: at(orderedAt),
        source: 'api',
        set_at: now,
        created_at: now,
        updated_at: now,
      })),
    ),
  );
  await insert(
    'devices',
    each((one, contact_id) =>
      one.devices.map((device, n) => ({
        contact_id,
        device_id: String(n),
        workspace_id: WORKSPACE_ID,
        ...device,
        push_token: device.push_token ? `${contact_id} ${n}` : null,
        created_at: now,
        last_seen_at: at(device.last_seen_at),
      })),
    ),
  );
  await insert(
    'runs',
    each((one, contact_id) =>
      one.runs.map((run, n) => {
        const end = endOf(run);
        return {
          contact_id,
          id: n,
          workspace_id: WORKSPACE_ID,
          slot: 0,
          workflow_id: Number(run.workflow),
          version: 1,
          key: '',
          state: run.state,
          steps: 0,
          context: {},
          results: {},
          depth: 0,
          test: false,
          started_at: at(run.startedAt),
          ended_at: end === null ? null : at(end),
        };
      }),
    ),
  );
  await insert(
    'sends',
    each((one, contact_id) =>
      one.sends.map(({ facts: _, message, ...send }, n) => ({
        contact_id,
        id: n,
        workspace_id: WORKSPACE_ID,
        message_id: Number(message),
        message_version: 1,
        ...send,
        transactional: false,
        test: false,
        decision: 'sent',
        reasons: [],
        facts: 0,
        created_at: now,
      })),
    ),
  );
  await insert(
    'categories',
    Object.entries(DEFAULTS).map(([key, byDefault], n) => ({
      id: n + 1,
      workspace_id: WORKSPACE_ID,
      key,
      name: key,
      description: '',
      default_subscribed: byDefault,
      position: n,
      created_at: now,
    })),
  );
  await insert(
    'category_choices',
    each((one, contact_id) =>
      Object.entries(one.choices).map(([key, subscribed]) => ({
        contact_id,
        category_id: Object.keys(DEFAULTS).indexOf(key) + 1,
        workspace_id: WORKSPACE_ID,
        subscribed,
        decided_at: now,
        source: 'api',
      })),
    ),
  );
  await insert(
    'messages',
    Object.keys(MESSAGES).map((id) => ({
      id,
      workspace_id: WORKSPACE_ID,
      key: id,
      name: id,
      channel: 'email',
      default_language: 'en',
      version: 1,
      created_at: now,
      updated_at: now,
    })),
  );
  await insert('message_categories', [{ message_id: 1, category_id: 1 }]);
  const tags = MESSAGES[1]!.tag.map((name, n) => ({
    id: n + 1,
    workspace_id: WORKSPACE_ID,
    name,
    created_at: now,
  }));
  await insert('tags', tags);
  await insert(
    'tag_links',
    tags.map(({ id }) => ({ tag_id: id, object_kind: 'message', object_id: 1 })),
  );
  await insert(
    'memberships',
    each((one, contact_id) =>
      one.segments.map((segment) => ({
        contact_id,
        segment_id: Number(segment),
        workspace_id: WORKSPACE_ID,
        member: true,
        entered_at: at(NOW - DAY),
        slot: 0,
      })),
    ),
  );
  await insert(
    'addresses',
    each(({ email, consent }, contact_id) =>
      email === null || consent === null
        ? []
        : [
            {
              contact_id,
              channel: 'email',
              address: email,
              workspace_id: WORKSPACE_ID,
              state: consent,
              state_at: now,
              source: 'api',
            },
          ],
    ),
  );
  await insert(
    'suppressions',
    Object.entries(SUPPRESSIONS).flatMap(([address, all]) =>
      all.map(({ reason, until }) => ({
        workspace_id: WORKSPACE_ID,
        channel: 'email',
        address,
        reason,
        since: at(NOW - 2 * DAY),
        until: until === null ? null : at(until),
        source: 'api',
        strikes: 0,
      })),
    ),
  );
}
