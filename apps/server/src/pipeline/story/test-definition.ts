import {
  checkDefinition,
  fieldCatalogue,
  segmentConditions,
  type Definition,
} from '@perennial/conditions';
import fc from 'fast-check';
import { anyNode } from '../../../../../packages/conditions/src/test-arbitraries.ts';

/** Custom fields of the workspaces that stories are played in. */
export const FIELDS = {
  plan: 'text',
  score: 'decimal',
  active: 'boolean',
  trial_end: 'date',
  seen: 'date_time',
  tags: 'multiple_choice',
} as const;

export const catalogue = fieldCatalogue(FIELDS);

const zone = fc.constantFrom('UTC', 'workspace', 'contact', 'Australia/Lord_Howe');
const calendar = fc.oneof(
  fc.record({ kind: fc.constantFrom('today', 'yesterday'), zone }),
  fc.record({ kind: fc.constant('this'), unit: fc.constantFrom('week', 'month'), zone }),
  fc.record({
    kind: fc.constant('previous'),
    n: fc.integer({ min: 1, max: 3 }),
    unit: fc.constantFrom('day', 'week'),
    zone,
  }),
);
const rolling = fc.record({
  kind: fc.constantFrom('last', 'longer_ago'),
  n: fc.integer({ min: 1, max: 5 }),
  unit: fc.constantFrom('hour', 'day'),
});
const period = fc.oneof(calendar, rolling);
const anyPeriod = fc.oneof(period, fc.constant({ kind: 'ever' }));
const threshold = fc.record({
  op: fc.constantFrom('equals', 'greater_or_equal', 'less', 'not_equals'),
  value: fc.integer({ min: 0, max: 3 }),
});
const count = threshold.map((limit) => ({ kind: 'count', ...limit }));
const ends = fc.constantFrom({ kind: 'first' }, { kind: 'last' });
const measure = fc.oneof(
  count,
  threshold.map((limit) => ({ kind: 'sum', param: 'p', ...limit })),
  threshold.map((limit) => ({ kind: 'distinct', param: 'q', ...limit })),
  ends,
);
const streak = fc.record({
  measure: fc.constant({ kind: 'streak' }),
  period: fc.record({
    kind: fc.constant('previous'),
    n: fc.integer({ min: 1, max: 2 }),
    unit: fc.constant('day'),
    zone,
  }),
});
const measured = fc.oneof(
  { weight: 3, arbitrary: fc.record({ measure, period }) },
  { weight: 1, arbitrary: streak },
);
/** In the workspace's currency. */
const amount = fc
  .constantFrom('sum', 'average')
  .chain((kind) => threshold.map((limit) => ({ kind, param: 'total', ...limit })));

const event = fc.constantFrom('Strength', 'Opened');

/** Conditions on events and fields whose answers time alone changes while a story lasts. */
const timed = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(event, measured)
      .map(([type, rest]) => ({ type: 'event', event: type, ...rest })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('field'),
      field: fc.constantFrom('custom.trial_end', 'custom.seen', 'created_at', 'last_seen_at'),
      op: fc.constant('in'),
      period: fc.oneof(
        period,
        fc.record({
          kind: fc.constant('next'),
          n: fc.integer({ min: 1, max: 3 }),
          unit: fc.constantFrom('hour', 'day'),
        }),
      ),
      zone,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('field'),
      field: fc.constantFrom('birthday', 'custom.trial_end'),
      op: fc.constant('anniversary'),
      value: fc.constantFrom({ from: 0, to: 0 }, { from: -1, to: 1 }),
      zone,
    }),
  },
);

const messageWhere = fc.oneof(
  fc.constantFrom('opened', 'clicked').chain((param) =>
    fc.record({
      param: fc.constant(param),
      op: fc.constant('equals'),
      value: fc.boolean(),
    }),
  ),
  fc.record({
    param: fc.constantFrom('message', 'workflow'),
    op: fc.constantFrom('equals', 'not_equals'),
    value: fc.constantFrom('#1', '#2'),
  }),
  fc.constantFrom(
    { param: 'channel', op: 'equals', value: 'email' },
    { param: 'tag', op: 'has_any', value: ['A'] },
    { param: 'category', op: 'has_none', value: ['news'] },
  ),
);

/** What became of messages, runs, orders and devices. */
const told = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.record({
          type: fc.constant('message'),
          action: fc.constantFrom('sent', 'delivered', 'opened', 'clicked', 'undelivered'),
        }),
        fc.record({ where: messageWhere }, { requiredKeys: [] }),
        fc.record({ measure: fc.oneof(count, ends), period: anyPeriod }),
        fc.record({ machine: fc.boolean() }, { requiredKeys: [] }),
      )
      .map((parts) => Object.assign({}, ...parts) as object),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('workflow'),
      workflow: fc.constantFrom('#1', '#2'),
      state: fc.constantFrom('entered', 'running', 'completed', 'stopped'),
      period: anyPeriod,
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.record(
          {
            where: fc.constantFrom(
              { param: 'status', op: 'equals', value: 'DELIVERED' },
              { param: 'status', op: 'not_equals', value: 'CANCELLED' },
              { param: 'total', op: 'greater', value: 5 },
              { param: 'p', op: 'is_set' },
            ),
          },
          { requiredKeys: [] },
        ),
        fc.record({ measure: fc.oneof(count, ends, amount), period: anyPeriod }),
      )
      .map(([where, rest]) => ({ type: 'order', ...where, ...rest })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        { param: 'platform', op: 'equals', value: 'ios' },
        { param: 'os_version', op: 'greater_or_equal', value: '1.10' },
        { param: 'app_version', op: 'equals', value: '1.2' },
        { param: 'app', op: 'not_equals', value: 'fit' },
        { param: 'push_enabled', op: 'equals', value: true },
      )
      .map((where) => ({ type: 'device', where })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('device'),
      where: fc.record({ param: fc.constant('last_seen_at'), op: fc.constant('in'), period }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        type: fc.constant('channel'),
        channel: fc.constantFrom('email', 'mobile_push'),
        state: fc.constantFrom('subscribed', 'unsubscribed', 'bounced', 'blocked', 'absent'),
        app: fc.constantFrom('fit', 'run'),
      },
      { requiredKeys: ['type', 'channel', 'state'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('category'),
      category: fc.constantFrom('news', 'offers'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('segment'), segment: fc.constantFrom('1', '2') }),
  },
);

const leaf = fc.oneof({ weight: 3, arbitrary: timed }, { weight: 2, arbitrary: told });

/** Nodes of segments that a story's deeds and its time move. */
const storyNode: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: leaf },
  { weight: 2, arbitrary: leaf.map((not) => ({ not })) },
  { weight: 3, arbitrary: fc.tuple(leaf, fc.oneof(leaf, anyNode)).map((all) => ({ all })) },
  { weight: 2, arbitrary: fc.tuple(leaf, leaf).map((any) => ({ any })) },
  { weight: 3, arbitrary: anyNode },
);

export const storyDefinition: fc.Arbitrary<Definition> = fc
  .tuple(storyNode, fc.option(storyNode, { freq: 2 }))
  .map(([include, exclude]) => ({ language: 1, include, ...(exclude !== null && { exclude }) }))
  .filter((json) => checkDefinition(json, { fields: catalogue, types: segmentConditions }).ok)
  .map((json) => json as unknown as Definition);

/** What definitions name, as there is in the world that a story is played in. */
export interface Named {
  /** The two segments that are called 1 and 2. */
  segments: readonly [number, number];
  messages: readonly [number, number];
  workflows: readonly [number, number];
}

/** The definition with what it names as there is in this world. */
export function naming(rule: unknown, { segments, messages, workflows }: Named): Definition {
  const text = JSON.stringify(rule)
    .replaceAll(/"segment":"([12])"/g, (_, n: string) => `"segment":"${segments[Number(n) - 1]}"`)
    .replaceAll(
      /"workflow":"#?([12])"/g,
      (_, n: string) => `"workflow":"${workflows[Number(n) - 1]}"`,
    )
    .replaceAll(
      /"param":"workflow","op":"(\w+)","value":"#([12])"/g,
      (_, op: string, n: string) =>
        `"param":"workflow","op":"${op}","value":"${workflows[Number(n) - 1]}"`,
    )
    .replaceAll(/"value":"#([12])"/g, (_, n: string) => `"value":"${messages[Number(n) - 1]}"`);
  const checked = checkDefinition(JSON.parse(text), {
    fields: catalogue,
    types: segmentConditions,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}
