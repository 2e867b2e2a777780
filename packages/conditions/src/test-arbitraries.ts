import fc from 'fast-check';
import type { EventFact, Facts } from './facts.ts';
import { fieldCatalogue } from './fields.ts';
import type { Json } from './json.ts';

/** Wednesday, 14 October 2026, 09:30 UTC. */
export const NOW = Date.UTC(2026, 9, 14, 9, 30);

const DAY = 86_400_000;

/** Fields of the contacts made here. */
export const fields = fieldCatalogue({
  plan: 'text',
  score: 'decimal',
  active: 'boolean',
  trial_end: 'date',
  seen: 'date_time',
  tags: 'multiple_choice',
});

const words = fc.constantFrom('A', 'a', 'B', 'b ', 'Ä', '5', '5.0', 'true', '2026-10-14');
const numbers = fc.oneof(
  fc.constantFrom(0, 1, 5, -1, 0.1, 5.5, 100),
  fc.integer({ min: -5, max: 9 }),
);
const days = fc.constantFrom('2026-10-13', '2026-10-14', '2026-10-15', '2024-02-29', '1990-10-12');
const instants = fc.constantFrom(
  '2026-10-14T09:30:00Z',
  '2026-10-13T22:00:00Z',
  '2026-10-01T00:00',
);
const scalars = fc.oneof(words, numbers, fc.boolean());

/** Values of parameters: all kinds, no value included. */
export const anyValue: fc.Arbitrary<Json> = fc.oneof(
  words,
  numbers,
  fc.boolean(),
  days,
  instants,
  fc.constantFrom<Json>(null, '', [], {}, NOW, String(NOW)),
  fc.array(scalars, { maxLength: 3 }),
);

const zones = fc.constantFrom('UTC', 'workspace', 'contact', 'America/New_York', 'Asia/Tokyo');
const maybeZone = fc.oneof(fc.constant({}), fc.record({ zone: zones }));
const calendarUnits = fc.constantFrom('day', 'week', 'month', 'quarter', 'year');
const rollingUnits = fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'year');
const counts = fc.integer({ min: 1, max: 8 });

const zonedPeriod = fc
  .tuple(
    fc.oneof(
      fc.constantFrom({ kind: 'today' }, { kind: 'yesterday' }),
      fc.record({ kind: fc.constant('this'), unit: fc.constantFrom('week', 'month', 'year') }),
      fc.record({ kind: fc.constant('previous'), n: counts, unit: calendarUnits }),
      fc.record({ kind: fc.constantFrom('before', 'after'), at: days }),
      fc.constant({ kind: 'between', from: '2026-10-01', to: '2026-10-14' }),
    ),
    maybeZone,
  )
  .map(([period, zone]) => ({ ...period, ...zone }));

/** Periods that events may lie in. */
export const pastPeriod = fc.oneof(
  zonedPeriod,
  fc.record({ kind: fc.constantFrom('last', 'longer_ago'), n: counts, unit: rollingUnits }),
  fc.constant({ kind: 'ever' }),
);

const anyPeriod = fc.oneof(
  pastPeriod,
  fc.record({ kind: fc.constant('next'), n: counts, unit: rollingUnits }),
);

const maybeCase = fc.oneof(fc.constant({}), fc.record({ ignore_case: fc.boolean() }));
const numberPair = fc.tuple(numbers, numbers).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
const patterns = fc.constantFrom('^[A-Z]$', 'a|b', '\\d', '^.$', '[^a]');
const spans = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.nat(9))
  .map(([from, length]) => ({ from, to: from + length }));

const textOp = fc
  .tuple(
    fc.oneof(
      fc.record({
        op: fc.constantFrom(
          'equals',
          'not_equals',
          'contains',
          'not_contains',
          'starts_with',
          'not_starts_with',
          'ends_with',
          'not_ends_with',
        ),
        value: words,
      }),
      fc.record({ op: fc.constantFrom('one_of', 'none_of'), value: listOf(words) }),
      fc.record({ op: fc.constant('matches'), value: patterns }),
    ),
    maybeCase,
  )
  .map(([predicate, modifier]) => ({ ...predicate, ...modifier }));

const numberOp = fc.oneof(
  fc.record({
    op: fc.constantFrom(
      'equals',
      'not_equals',
      'greater',
      'greater_or_equal',
      'less',
      'less_or_equal',
    ),
    value: numbers,
  }),
  fc.record({ op: fc.constantFrom('one_of', 'none_of'), value: listOf(numbers) }),
  fc.record({ op: fc.constant('between'), value: numberPair }),
);

const booleanOp = fc.record({ op: fc.constantFrom('equals', 'not_equals'), value: fc.boolean() });

const momentOp = fc
  .tuple(
    fc.oneof(
      fc.record({ op: fc.constant('on'), value: days }),
      fc.record({ op: fc.constantFrom('before', 'after'), value: fc.oneof(days, instants) }),
      fc.constant({ op: 'between', value: ['2026-10-01', '2026-10-15'] }),
      fc.record({ op: fc.constant('in'), period: anyPeriod }),
      fc.record({ op: fc.constant('anniversary'), value: spans }),
    ),
    maybeZone,
  )
  .map(([predicate, zone]) => ({ ...predicate, ...zone }));

const listOp = fc.record({
  op: fc.constantFrom('has_any', 'has_all', 'has_none'),
  value: listOf(words),
});

const presenceOp = fc.record({ op: fc.constantFrom('is_set', 'is_empty') });

function listOf<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(values, { minLength: 1, maxLength: 4 });
}

/** Members of a leaf that looks at a parameter. */
export const anyPredicate = fc.oneof(textOp, numberOp, booleanOp, momentOp, listOp, presenceOp);

const params = fc.constantFrom('p', 'q', 'list[].v', 'list[0].v', '$key', '$context.app', 'tags');

const whereLeaf = fc
  .tuple(params, anyPredicate)
  .map(([param, predicate]) => ({ param, ...predicate }));

/** Filters of events. */
export const anyWhere = treeOf(whereLeaf);

const countThreshold = fc.oneof(
  fc.record({
    op: fc.constantFrom(
      'equals',
      'not_equals',
      'greater',
      'greater_or_equal',
      'less',
      'less_or_equal',
    ),
    value: fc.nat(4),
  }),
  fc.constantFrom({ op: 'between', value: [1, 3] }, { op: 'between', value: [0, 0] }),
);

const aggregates = fc.oneof(
  countThreshold.map((threshold) => ({ kind: 'count', ...threshold })),
  fc
    .tuple(fc.constantFrom('sum', 'average', 'min', 'max', 'distinct'), params, countThreshold)
    .map(([kind, param, threshold]) => ({ kind, param, ...threshold })),
);

const measured = fc.oneof(
  fc.record({ measure: aggregates, period: pastPeriod }),
  fc.record({ measure: fc.constantFrom({ kind: 'first' }, { kind: 'last' }), period: pastPeriod }),
  fc
    .tuple(
      fc.oneof(fc.constant({}), fc.record({ each: aggregates })),
      fc.record({ n: counts, unit: fc.constantFrom('day', 'week', 'month') }),
      maybeZone,
    )
    .map(([each, count, zone]) => ({
      measure: { kind: 'streak', ...each },
      period: { kind: 'previous', ...count, ...zone },
    })),
  fc.constant({}),
);

const segmentIds = fc.constantFrom('1', '2');
const categoryKeys = fc.constantFrom('news', 'offers');
const channelKeys = fc.constantFrom('email', 'mobile_push');
const channelStates = fc.constantFrom(
  'subscribed' as const,
  'unsubscribed' as const,
  'blocked' as const,
  'reachable' as const,
);

const eventCondition = fc
  .tuple(
    fc.constantFrom('Strength', 'Opened'),
    fc.oneof(fc.constant({}), fc.record({ where: anyWhere })),
    measured,
  )
  .map(([event, where, rest]) => ({ type: 'event', event, ...where, ...rest }));

const fieldCondition = fc
  .oneof(
    fc.tuple(
      fc.constantFrom('email', 'custom.plan', 'city', 'address.street'),
      fc.oneof(textOp, presenceOp),
    ),
    fc.tuple(fc.constant('custom.score'), fc.oneof(numberOp, presenceOp)),
    fc.tuple(fc.constant('custom.active'), fc.oneof(booleanOp, presenceOp)),
    fc.tuple(
      fc.constantFrom('custom.trial_end', 'birthday', 'custom.seen', 'created_at'),
      fc.oneof(momentOp, presenceOp),
    ),
    fc.tuple(fc.constant('custom.tags'), fc.oneof(listOp, presenceOp)),
  )
  .map(([field, predicate]) => ({ type: 'field', field, ...predicate }));

function treeOf<T>(leaf: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'tree' },
      leaf,
      fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  })).tree;
}

const ids = fc.constantFrom('1', '2');

const messageWhere = treeOf(
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom('channel', 'message', 'language', 'tag[]'),
        fc.oneof(textOp, presenceOp),
      )
      .map(([param, predicate]) => ({ param, ...predicate })),
    fc
      .tuple(fc.constantFrom('tag', 'category'), listOp)
      .map(([param, predicate]) => ({ param, ...predicate })),
    fc
      .tuple(fc.constantFrom('opened', 'clicked'), booleanOp)
      .map(([param, predicate]) => ({ param, ...predicate })),
  ),
);

const messageCondition = fc
  .tuple(
    fc.constantFrom('sent', 'delivered', 'opened'),
    fc.oneof(fc.constant({}), fc.record({ where: messageWhere })),
    fc.oneof(
      fc.record({
        measure: countThreshold.map((t) => ({ kind: 'count', ...t })),
        period: pastPeriod,
      }),
      fc.record({
        measure: fc.constantFrom({ kind: 'first' }, { kind: 'last' }),
        period: pastPeriod,
      }),
      fc.constant({}),
    ),
    fc.oneof(fc.constant({}), fc.record({ machine: fc.boolean() })),
  )
  .map(([action, where, rest, machine]) => ({
    type: 'message',
    action,
    ...where,
    ...rest,
    ...machine,
  }));

const currencies = fc.constantFrom('UAH', 'EUR');
const currencyLeaf = fc
  .oneof(
    fc.record({ op: fc.constantFrom('equals', 'not_equals'), value: currencies }),
    fc.record({ op: fc.constant('one_of'), value: listOf(currencies) }),
    presenceOp,
  )
  .map((predicate) => ({ param: 'currency', ...predicate }));
const orderWhere = treeOf(fc.oneof(whereLeaf, currencyLeaf));

/** Amounts are in the workspace's currency, or in the one that is named. */
const amounts = fc.record({
  measure: fc.record({
    kind: fc.constantFrom('sum', 'average', 'min', 'max'),
    param: fc.constantFrom('total', 'items[].quantity'),
    op: fc.constantFrom('greater', 'less_or_equal', 'equals'),
    value: fc.constantFrom(0, 5, 5.5, 10.5, 100),
  }),
  period: pastPeriod,
});

const orderCondition = fc
  .tuple(
    fc.oneof(fc.constant({}), fc.record({ where: orderWhere })),
    fc.oneof({ weight: 2, arbitrary: measured }, { weight: 1, arbitrary: amounts }),
  )
  .map(([where, rest]) => ({ type: 'order', ...where, ...rest }));

const versions = fc.constantFrom('1.2', '1.2.0', '1.10', '2', '17.4.1');
const versionOp = fc.oneof(
  fc.record({
    op: fc.constantFrom('greater', 'greater_or_equal', 'less', 'less_or_equal'),
    value: versions,
  }),
  fc.constant({ op: 'between', value: ['1.2', '2.0'] }),
  fc.record({ op: fc.constantFrom('equals', 'starts_with'), value: versions }),
);

const deviceCondition = treeOf(
  fc.oneof(
    fc
      .tuple(fc.constantFrom('platform', 'app', 'model'), fc.oneof(textOp, presenceOp))
      .map(([param, predicate]) => ({ param, ...predicate })),
    fc
      .tuple(fc.constantFrom('os_version', 'app_version'), fc.oneof(versionOp, presenceOp))
      .map(([param, predicate]) => ({ param, ...predicate })),
    booleanOp.map((predicate) => ({ param: 'push_enabled', ...predicate })),
    momentOp.map((predicate) => ({ param: 'last_seen_at', ...predicate })),
  ),
).map((where) => ({ type: 'device', where }));

const workflowCondition = fc
  .tuple(
    ids,
    fc.constantFrom('entered', 'running', 'completed', 'stopped', 'failed'),
    fc.oneof(fc.constant({}), fc.record({ period: pastPeriod })),
  )
  .map(([workflow, state, period]) => ({ type: 'workflow', workflow, state, ...period }));

/** Conditions of segments, as JSON that passes the check. */
export const anyCondition = fc.oneof(
  { weight: 3, arbitrary: eventCondition },
  { weight: 3, arbitrary: fieldCondition },
  messageCondition,
  orderCondition,
  deviceCondition,
  workflowCondition,
  fc.record({ type: fc.constant('segment'), segment: segmentIds }),
  fc.record({ type: fc.constant('category'), category: categoryKeys }),
  fc.record(
    {
      type: fc.constant('channel'),
      channel: channelKeys,
      state: fc.oneof(channelStates, fc.constant('absent')),
      app: fc.constantFrom('fit', 'run'),
    },
    { requiredKeys: ['type', 'channel', 'state'] },
  ),
  fc.constant({ type: 'everyone' }),
);

/** Nodes of segments, as JSON that passes the check. */
export const anyNode = treeOf(anyCondition);

const eventParams = fc.record(
  {
    p: anyValue,
    q: anyValue,
    tags: fc.array(words, { maxLength: 3 }),
    list: fc.array(fc.record({ v: anyValue }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

/** Events of the last 400 days, many of them recent or at the edges of days. */
export const anyEvent: fc.Arbitrary<EventFact> = fc.record({
  event: fc.constantFrom('Strength', 'Opened'),
  occurredAt: fc.oneof(
    fc.integer({ min: NOW - 400 * DAY, max: NOW }),
    fc.integer({ min: NOW - 3 * DAY, max: NOW }),
    fc.nat(20).map((ago) => Date.UTC(2026, 9, 14) - ago * DAY),
    fc.constant(NOW),
  ),
  params: eventParams,
  key: fc.option(words),
  context: fc.option(fc.record({ app: words })),
});

const recently = fc.oneof(
  fc.integer({ min: NOW - 40 * DAY, max: NOW }),
  fc.nat(20).map((ago) => Date.UTC(2026, 9, 14) - ago * DAY),
  fc.constant(NOW),
);

const anyMessage = fc.record({
  event: fc.constantFrom('sent', 'delivered', 'opened'),
  occurredAt: recently,
  send: ids,
  machine: fc.boolean(),
  params: fc.record({
    channel: channelKeys,
    message: ids,
    language: fc.constantFrom(null, 'en', 'A'),
    tag: fc.array(words, { maxLength: 2 }),
    category: fc.array(words, { maxLength: 2 }),
    opened: fc.boolean(),
    clicked: fc.boolean(),
  }),
});

const anyOrder = fc.record({
  event: fc.constant('order'),
  occurredAt: recently,
  params: fc
    .tuple(eventParams, fc.constantFrom<Json>(0, 5, 5.5, 100), fc.constantFrom(null, 'UAH', 'EUR'))
    .map(([params, total, currency]) => ({ ...params, total, currency })),
});

const anyDevice = fc.record({
  platform: fc.constantFrom(null, 'A', 'a'),
  app: fc.constantFrom(null, 'A', 'B'),
  os_version: fc.oneof(versions, fc.constantFrom<Json>(null, 'beta', '1.2b')),
  app_version: fc.oneof(versions, fc.constantFrom<Json>(null, '')),
  push_enabled: fc.constantFrom(null, true, false),
  last_seen_at: fc.oneof(recently, fc.constant(null)),
});

const anyRun = fc
  .record({
    workflow: ids,
    state: fc.constantFrom(
      'running' as const,
      'completed' as const,
      'stopped' as const,
      'failed' as const,
    ),
    startedAt: recently,
    length: fc.nat(9 * DAY),
  })
  .map(({ length, ...run }) => ({
    ...run,
    endedAt: run.state === 'running' ? null : Math.min(NOW, run.startedAt + length),
  }));

/** All that is known of one contact. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.record({
      messages: fc.array(anyMessage, { maxLength: 5 }),
      orders: fc.array(anyOrder, { maxLength: 4 }),
      devices: fc.array(anyDevice, { maxLength: 3 }),
      runs: fc.array(anyRun, { maxLength: 3 }),
    }),
    fc.array(anyEvent, { maxLength: 12 }),
    fc.record({ email: words, city: anyValue, 'custom.plan': anyValue }, { requiredKeys: [] }),
    fc.record(
      {
        'custom.score': anyValue,
        'custom.active': anyValue,
        'custom.tags': anyValue,
        'custom.trial_end': anyValue,
        'custom.seen': anyValue,
        birthday: days,
        created_at: fc.constantFrom<Json>(NOW, NOW - DAY, '2026-10-01T00:00:00Z'),
      },
      { requiredKeys: [] },
    ),
    fc.constantFrom(undefined, 'Asia/Tokyo', 'America/New_York', 'Mars/Olympus'),
    fc.uniqueArray(segmentIds),
    fc.uniqueArray(categoryKeys),
    fc.array(
      fc.record({
        channel: channelKeys,
        app: fc.constantFrom(null, 'fit', 'run'),
        states: fc.uniqueArray(channelStates),
        until: fc.constantFrom(undefined, NOW + 1, NOW + DAY, NOW + 3 * DAY),
      }),
    ),
  )
  .map(([rest, events, texts, others, contactZone, segments, categories, channels]) => ({
    now: NOW,
    workspaceZone: 'Europe/Kyiv',
    workspaceCurrency: 'UAH',
    contactZone,
    fields: { ...texts, ...others },
    events: Map.groupBy(events, (event) => event.event),
    segments: new Map(segments.map((id) => [id, NOW - DAY])),
    categories: new Set(categories),
    channels,
    messages: Map.groupBy(rest.messages, ({ event }) => event),
    orders: rest.orders,
    devices: rest.devices,
    runs: rest.runs,
  }));
