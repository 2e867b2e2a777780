import fc from 'fast-check';
import type { JsonObject } from '../../inbox/index.ts';
import { CHANNELS } from './test-channels.ts';
import { EVENT_SEGMENTS, SEGMENTS } from './test-segments.ts';

/**
 * Workflows at random. What only the world knows the number of stands as a name: `@S0` and so on are
 * segments, `@X0` and so on those that ask for an event, `@L0` and `@L1` lists, `@M` a mail, `@SMS` a text message and `@VIBER` and so on what other channels send, `@T` its tag, `@P` a pool with codes, `@E` an empty
 * one, `@Y` where a webhook is answered and `@N` where it is refused, `@W0` the first workflow.
 */
const amount = fc.integer({ min: 0, max: 4 });
const where = fc.record({
  all: fc.tuple(fc.record({ param: fc.constant('n'), op: fc.constant('greater'), value: amount })),
});
/** Of a workflow, named `b0` and so on. */
export const MOST_BLOCKS = 9;
/** Segments that somebody can be in. */
const IN = [...Object.keys(SEGMENTS), '@L0', '@L1'];
/** One in so many has it. */
const optional = <Value>(arbitrary: fc.Arbitrary<Value>, of = 2) =>
  fc.oneof({ weight: of - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** What became of a message of the run. */
const sent = fc.record({
  block: fc.constantFrom('any', 'any', 'b0', 'b1', 'b2'),
  status: fc.constantFrom('sent', 'delivered', 'opened', 'clicked'),
});

const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({
    type: fc.constant('field'),
    field: fc.constant('city'),
    op: fc.constant('equals'),
    value: fc.constantFrom('Kyiv', 'Lviv'),
  }),
  fc.record({
    type: fc.constant('field'),
    field: fc.constant('custom.score'),
    op: fc.constant('greater'),
    value: amount,
  }),
  fc.record({
    type: fc.constant('event'),
    event: fc.constantFrom('Buy', 'Ping'),
    period: fc.constant({ kind: 'ever' }),
    measure: fc.record({
      kind: fc.constant('count'),
      op: fc.constant('greater_or_equal'),
      value: fc.integer({ min: 1, max: 3 }),
    }),
  }),
  fc.constantFrom<JsonObject[]>(
    SEGMENTS['@S2']!,
    SEGMENTS['@S3']!,
    SEGMENTS['@S4']!,
    SEGMENTS['@S5']!,
  ),
  fc.record({ type: fc.constant('segment'), segment: fc.constantFrom(...IN) }),
  sent.map((settings) => ({ type: 'message_status', ...settings })),
  fc.record({
    type: fc.constant('event_param'),
    param: fc.constant('n'),
    op: fc.constant('greater'),
    value: amount,
  }),
);

const condition: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: fc.record({ not: leaf }) },
  { weight: 1, arbitrary: fc.record({ all: fc.tuple(leaf, leaf) }) },
  { weight: 1, arbitrary: fc.record({ any: fc.tuple(leaf, leaf) }) },
);

const short = fc.constantFrom(
  { n: 1, unit: 'minute' },
  { n: 10, unit: 'minute' },
  { n: 1, unit: 'hour' },
  { n: 6, unit: 'hour' },
  { n: 1, unit: 'day' },
);
const long = fc.constantFrom(
  { n: 5, unit: 'hour' },
  { n: 1, unit: 'day' },
  { n: 2, unit: 'day' },
  { n: 1, unit: 'week' },
  { n: 1, unit: 'month' },
);

const kinds: Record<string, fc.Arbitrary<JsonObject>> = {
  timer: fc.oneof(
    fc.record({ wait: fc.oneof(short, long) }),
    fc.record({
      wait: optional(short),
      until: fc.record(
        {
          weekdays: fc.constantFrom([1, 2, 3, 4, 5], [2, 6], [7]),
          time: fc.constantFrom(
            '09:00',
            '12:00',
            '23:30',
            '00:00',
            '00:30',
            '01:45',
            '02:30',
            '03:15',
          ),
          zone: fc.constantFrom('workspace', 'workspace', 'UTC', 'contact'),
        },
        { requiredKeys: ['time'] },
      ),
    }),
    fc.constantFrom<JsonObject[]>(
      { wait: { n: { $event: 'n' }, unit: 'hour' } },
      { wait: { n: { $contact: 'custom.score' }, unit: 'hour' } },
      { wait: { n: { $contact: 'custom.score' }, unit: 'minute' } },
    ),
  ) as fc.Arbitrary<JsonObject>,
  wait_until: fc.record(
    {
      date: fc.constantFrom<JsonObject[keyof JsonObject][]>(
        '2026-06-02T10:00:00Z',
        '2026-06-04',
        '2026-05-01',
        '2026-10-25',
        '2026-04-24T00:30:00Z',
        { $event: 'order' },
      ),
      offset: fc.constantFrom(
        { n: 1, unit: 'day' },
        { n: -2, unit: 'day' },
        { n: 5, unit: 'hour' },
        { n: 1, unit: 'month' },
      ),
    },
    { requiredKeys: ['date'] },
  ),
  wait_for: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        event: fc.constantFrom('Buy', 'Ping', 'Go', 'MessageOpened', 'MessageUndelivered'),
        where: optional(where),
        same_key: optional(fc.constant(true)),
        timeout: fc.oneof(short, long),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        segment: fc.constantFrom(...IN),
        timeout: fc.oneof(short, long),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ message_status: sent, timeout: fc.oneof(short, long) }),
    },
  ) as fc.Arbitrary<JsonObject>,
  if: fc.record({ condition }),
  switch: fc.record({ conditions: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
  split: fc.record({ weights: fc.constantFrom({ a: 1, b: 1 }, { a: 0, b: 3 }) }),
  update_fields: fc.oneof(
    fc.record({ set: fc.record({ city: fc.constantFrom('Kyiv', 'Lviv') }) }),
    fc.record({ increment: fc.record({ 'custom.score': fc.integer({ min: 1, max: 2 }) }) }),
    fc.record({ decrement: fc.constant({ 'custom.score': { $event: 'n' } }) }),
    fc.record({ set: fc.constant({ 'custom.seen': { $event: 'order' } }) }),
    fc.constant({ clear: ['city'] }),
  ) as fc.Arbitrary<JsonObject>,
  add_to_list: fc.record({ list: fc.constantFrom('@L0', '@L1') }),
  remove_from_list: fc.record({ list: fc.constantFrom('@L0', '@L1') }),
  email: fc.record(
    { message: fc.constant('@M'), transactional: fc.constant(true) },
    { requiredKeys: ['message'] },
  ),
  sms: fc.constant({ message: '@SMS' }),
  viber: fc.constant({ message: '@VIBER' }),
  telegram: fc.record(
    { message: fc.constant('@TELEGRAM'), addresses: fc.constantFrom('all', 'last_seen') },
    { requiredKeys: ['message'] },
  ),
  web_push: fc.record(
    { message: fc.constant('@WEB_PUSH'), addresses: fc.constantFrom('all', 'last_seen') },
    { requiredKeys: ['message'] },
  ),
  mobile_push: fc.record(
    { message: fc.constant('@MOBILE_PUSH'), app: fc.constantFrom('shop', { $event: 'order' }) },
    { requiredKeys: ['message'] },
  ),
  app_inbox: fc.constant({ message: '@APP_INBOX' }),
  in_app: fc.constant({ message: '@IN_APP' }),
  one_from_many: fc.record({
    channel: fc.constantFrom('email', 'viber', 'mobile_push', 'in_app'),
    include: fc.constant(['@T']),
    mode: fc.constant('equal'),
  }),
  subscribe: fc.constantFrom<JsonObject[]>({ channel: 'email' }, { category: 'news' }),
  unsubscribe: fc.constantFrom<JsonObject[]>({ channel: 'email' }, { category: 'news' }),
  confirm: fc.constant({}),
  create_contact: fc.constant({ external_id: 'friend of {{ contact.external_id }}' }),
  start_workflow: fc.constant({ workflow: '@W0', params: { n: 3 } }),
  promo_code: fc.record({ pool: fc.constantFrom('@P', '@P', '@E') }),
  webhook: fc.record({ url: fc.constantFrom('@Y', '@Y', '@N'), retries: fc.constant(0) }),
  message_to_segment: fc.record({
    message: fc.constant('@M'),
    segment: fc.constantFrom('@S0', '@L0'),
    most_per_hour: fc.constant(60),
  }),
  launch_event: fc.record({ event: fc.constantFrom('Told', 'Told', 'Ping') }),
  goal: fc.constant({}),
  checkpoint: fc.constant({ name: 'here' }),
  end: fc.constantFrom<JsonObject[]>({}, { reason: 'enough' }),
};

const EXITS: Record<string, readonly string[]> = {
  timer: ['next', 'failed'],
  wait_until: ['next', 'failed'],
  wait_for: ['happened', 'timeout'],
  if: ['yes', 'no'],
  switch: ['1', '2', 'else'],
  split: ['a', 'b'],
  ...Object.fromEntries(CHANNELS.map((channel) => [channel, ['next', 'failed']])),
  one_from_many: ['next', 'failed'],
  create_contact: ['created', 'updated'],
  promo_code: ['ok', 'empty'],
  webhook: ['ok', 'failed'],
  message_to_segment: ['next', 'failed'],
  end: [],
};

/** Those that rest for hours: a loop through one of them is a few steps a day. */
const LOOPS: readonly string[] = ['timer'];
const loopTimer = fc.record({ wait: long });

interface Drawn {
  type: string;
  settings: JsonObject;
  /** For each exit how far ahead it leads; 0 ends the run. */
  ahead: number[];
  back: boolean;
}

const drawn: fc.Arbitrary<Drawn> = fc
  .constantFrom(
    ...Object.keys(kinds),
    'timer',
    'wait_for',
    'wait_for',
    'if',
    'sms',
    'email',
    'mobile_push',
  )
  .chain((type) =>
    fc.boolean().chain((loops) => {
      const back = loops && LOOPS.includes(type);
      return fc.record({
        type: fc.constant(type),
        settings: (back ? loopTimer : kinds[type]!) as fc.Arbitrary<JsonObject>,
        ahead: fc.array(fc.constantFrom(0, 1, 1, 1, 2, 3), { minLength: 3, maxLength: 3 }),
        back: fc.constant(back),
      });
    }),
  );

/** Blocks that nothing leads to are left out; an exit leads ahead, or back from a long timer. */
function draw(list: Drawn[]): JsonObject {
  const blocks: JsonObject = {};
  const todo = [0];
  while (todo.length > 0) {
    const at = todo.pop()!;
    const { type, settings, ahead, back } = list[at]!;
    if (Object.hasOwn(blocks, `b${at}`)) continue;
    const exits: JsonObject = {};
    for (const [i, exit] of exitsOf(type, settings).entries()) {
      const target = back && i === 0 ? 0 : at + ahead[i]!;
      // Drawn more seldom, so that runs fail, too.
      if (exit === 'failed' && ahead[i]! > 1) continue;
      if ((!back || i > 0) && (ahead[i] === 0 || target >= list.length)) continue;
      exits[exit] = `b${target}`;
      todo.push(target);
    }
    blocks[`b${at}`] = { type, ...withoutUndefined(settings), exits };
  }
  return blocks;
}

export function exitsOf(type: string, settings: JsonObject): readonly string[] {
  if (type !== 'switch') return EXITS[type] ?? ['next'];
  return [...(settings['conditions'] as unknown[]).map((_, i) => String(i + 1)), 'else'];
}

function withoutUndefined(settings: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(settings)) as JsonObject;
}

const times = ['09:00', '23:30', '00:00', '00:30', '01:45', '02:30', '03:15'];
const itsZone = optional(fc.constantFrom('contact', 'contact', 'America/Bogota'));
const regular = fc.record({
  type: fc.constant('segment'),
  mode: fc.constant('regular'),
  segment: fc.constantFrom(...IN),
  schedule: fc.oneof(
    fc.record({ every: fc.constant('day'), at: fc.constantFrom(...times), zone: itsZone }),
    fc.record({
      every: fc.constant('week'),
      at: fc.constantFrom(...times),
      days: fc.constantFrom([7], [1, 5], [2, 3, 6]),
      zone: itsZone,
    }),
    fc.record({
      every: fc.constant('month'),
      at: fc.constantFrom(...times),
      day_of_month: fc.constantFrom(1, 4, 30, 31),
      zone: itsZone,
    }),
    fc.record({
      every: fc.constant('cron'),
      cron: fc.constantFrom(
        '0 */6 * * *',
        '*/40 9 * * *',
        '30 0,2 * * *',
        '15 1-3 * * 6,0',
        '0 12 1,29 * *',
      ),
      zone: itsZone,
    }),
  ),
});
const byDate = fc
  .record(
    {
      type: fc.constant('date'),
      field: fc.constantFrom('custom.day', 'custom.moment'),
      anniversary: fc.boolean(),
      offset: fc.constantFrom(
        { n: -1, unit: 'day' },
        { n: 2, unit: 'day' },
        { n: 3, unit: 'hour' },
        { n: 1, unit: 'week' },
      ),
      at: fc.constantFrom(...times),
      zone: fc.constantFrom('workspace', 'contact'),
    },
    { requiredKeys: ['type', 'field'] },
  )
  .filter(({ offset, at }) => at === undefined || offset?.unit !== 'hour');

const start = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      type: fc.constant('event'),
      event: fc.constantFrom(
        ...Array.from({ length: 10 }, () => 'Go'),
        'Buy',
        'Told',
        'orderDELIVERED',
        'MessageOpened',
        'MessageClicked',
        'MessageUndelivered',
        'MessageUnsubscribed',
      ),
      where: optional(where, 6),
      segment: optional(fc.constantFrom('@S0', '@L0'), 7),
      key: optional(fc.constant('order')),
      unique: optional(fc.constantFrom('once', { n: 2, unit: 'hour' })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('segment'),
      segment: fc.constantFrom(...IN),
      mode: fc.constant('entry'),
      existing: optional(fc.constant(true)),
    }),
  },
  { weight: 3, arbitrary: regular },
  { weight: 1, arbitrary: byDate },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('event_segment'),
      event: fc.constant('News'),
      segment: fc.constantFrom(...Object.keys(EVENT_SEGMENTS), ...IN),
      where: optional(where, 6),
      key: optional(fc.constant('order')),
      unique: optional(fc.constantFrom('once', { n: 2, unit: 'hour' })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('field_change'),
      field: fc.constantFrom('city', 'custom.score'),
      any_source: optional(fc.constant(true)),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'manual' }) },
);

const stop = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('event'),
      event: fc.constantFrom(
        'Buy',
        'Ping',
        'Buy',
        'Ping',
        'MessageDelivered',
        'MessageUnsubscribed',
        'MessageComplained',
      ),
      where: optional(where),
      same_key: optional(fc.constant(true)),
      lookback: optional(fc.constantFrom({ n: 1, unit: 'hour' }, { n: 1, unit: 'day' })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('segment'),
      segment: fc.constantFrom('@S0', '@S1', '@S2', '@S3', '@L1'),
    }),
  },
);

const orderStop = fc.record({
  type: fc.constant('order'),
  where: optional(
    fc.constantFrom<JsonObject[]>(
      { all: [{ param: 'total', op: 'greater', value: 1 }] },
      { all: [{ param: 'status', op: 'equals', value: 'CANCELLED' }] },
    ),
  ),
  lookback: optional(fc.constantFrom({ n: 1, unit: 'hour' }, { n: 1, unit: 'day' })),
});

const limits = fc.record(
  {
    reentry: fc.constantFrom('once', { n: 3, unit: 'hour' }, { n: 1, unit: 'day' }),
    one_at_a_time: fc.constantFrom(true, 'contact', false),
  },
  { requiredKeys: [] },
);

export const anyWorkflow: fc.Arbitrary<JsonObject> = fc
  .record({
    start,
    stop: fc.oneof(
      fc.constant([]),
      fc.array(fc.oneof({ weight: 4, arbitrary: stop }, { weight: 1, arbitrary: orderStop }), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    limits,
    blocks: fc.array(drawn, { minLength: 3, maxLength: MOST_BLOCKS }),
  })
  .map(({ start: begins, stop: stops, limits: bounds, blocks }) =>
    withoutUndefined({
      language: 1,
      start: begins,
      stop: stops,
      limits: bounds,
      first: 'b0',
      blocks: draw(blocks),
    } as unknown as JsonObject),
  );
