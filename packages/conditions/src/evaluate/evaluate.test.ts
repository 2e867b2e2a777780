import { describe, expect, test } from 'vitest';
import { checkDefinition, checkNode } from '../check/check-definition.ts';
import { workflowConditions } from '../conditions/index.ts';
import type { Definition } from '../definition.ts';
import type { ConditionType, Node } from '../conditions/condition-type.ts';
import type { EventContent, EventFact, Facts } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';
import type { Json } from '../json.ts';
import { z } from 'zod';
import { parseWith } from '../check/report.ts';
import { compileWhere, whereSchema } from '../where/where.ts';
import { requirements } from '../requirements.ts';
import { compileRule, explain, interpret } from './compile-rule.ts';

/** Wednesday, 14 October 2026, 09:30 UTC: 12:30 in Kyiv, 18:30 in Tokyo. */
const NOW = Date.UTC(2026, 9, 14, 9, 30);

const fields = fieldCatalogue({
  plan: 'text',
  score: 'decimal',
  count: 'integer',
  active: 'boolean',
  end: 'date',
  at: 'date_time',
  tags: 'multiple_choice',
});

function contact(known: Partial<Facts> = {}): Facts {
  return { now: NOW, workspaceZone: 'Europe/Kyiv', fields: {}, events: new Map(), ...known };
}

function node(input: unknown): Node {
  const checked = checkNode(input, { fields, types: workflowConditions });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

function definition(include: unknown, exclude?: unknown): Definition {
  const input = { language: 1, include, ...(exclude ? { exclude } : {}) };
  const checked = checkDefinition(input, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

const options = { fields, types: workflowConditions };
const is = (input: unknown, facts: Facts) => interpret(node(input), facts, options);

describe('fields are read by their own type', () => {
  test.each<[string, Json | undefined, object, boolean]>([
    ['custom.score', '5.50', { op: 'equals', value: 5.5 }, true],
    ['custom.score', 'many', { op: 'is_set' }, true],
    ['custom.score', 'many', { op: 'not_equals', value: 5 }, true],
    ['custom.count', 7, { op: 'one_of', value: [7, 8] }, true],
    ['custom.active', 'true', { op: 'equals', value: true }, true],
    ['custom.active', undefined, { op: 'not_equals', value: true }, true],
    ['custom.plan', 5, { op: 'equals', value: '5' }, true],
    ['custom.plan', '', { op: 'is_empty' }, true],
    ['custom.end', '2026-10-14', { op: 'on', value: '2026-10-14', zone: 'Asia/Tokyo' }, true],
    ['custom.end', '2026-10-14', { op: 'in', period: { kind: 'today', zone: 'contact' } }, true],
    [
      'custom.at',
      '2026-10-14T16:00:00Z',
      { op: 'on', value: '2026-10-15', zone: 'Asia/Tokyo' },
      true,
    ],
    ['custom.at', NOW, { op: 'in', period: { kind: 'last', n: 1, unit: 'minute' } }, true],
    ['custom.tags', ['a', 'b'], { op: 'has_all', value: ['b', 'a'] }, true],
    ['custom.tags', 'a', { op: 'has_any', value: ['a'] }, false],
    ['id', 12, { op: 'one_of', value: ['12'] }, true],
    ['address.street', 'Main', { op: 'equals', value: 'main', ignore_case: true }, true],
    ['created_at', NOW - 60_000, { op: 'before', value: '2026-10-15' }, true],
    ['birthday', '1990-10-15', { op: 'anniversary', value: { from: 1, to: 1 } }, true],
  ])('%s = %j, %j: %s', (field, value, predicate, expected) => {
    const facts = contact({ fields: { [field]: value }, contactZone: 'Asia/Tokyo' });
    expect(is({ type: 'field', field, ...predicate }, facts)).toBe(expected);
  });

  test('a field that the catalogue lost is an error that names it', () => {
    const condition = node({ type: 'field', field: 'custom.plan', op: 'is_set' });
    expect(() => interpret(condition, contact(), { fields: fieldCatalogue({}) })).toThrow(
      'custom.plan',
    );
  });
});

describe('segments', () => {
  const runners = { type: 'segment', segment: '12' };

  test('are those that the contact is in, with since when', () => {
    const member = contact({ segments: new Map([['12', NOW - 60_000]]) });
    expect(is(runners, member)).toBe(true);
    expect(is(runners, contact({ segments: new Map([['13', NOW]]) }))).toBe(false);
    expect(is({ not: runners }, contact())).toBe(true);
    expect(explain(node(runners), member, options).tree.values).toEqual({
      since: '2026-10-14T09:29:00.000Z',
    });
  });

  test('that do not exist are refused where that is known', () => {
    const checked = checkNode(
      { any: [runners, { type: 'segment', segment: '13' }] },
      { fields, types: workflowConditions, segments: (id) => id === '12' },
    );
    expect(checked).toEqual({
      ok: false,
      issues: [{ path: '/any/1/segment', message: 'there is no segment "13"' }],
    });
  });
});

describe('orders', () => {
  const DAY = 86_400_000;
  const order = (daysAgo: number, params: object): EventFact => ({
    event: 'order',
    occurredAt: NOW - daysAgo * DAY,
    params: params as EventFact['params'],
  });
  const known = contact({
    orders: [
      order(1, { status: 'DELIVERED', total: 100, currency: 'UAH', items: [{ name: 'Shoes' }] }),
      order(20, { status: 'DELIVERED', total: 50, currency: 'UAH' }),
      order(60, { status: 'CANCELLED', total: 900, currency: 'UAH' }),
    ],
  });
  const month = { kind: 'last', n: 30, unit: 'day' };
  const delivered = { param: 'status', op: 'equals', value: 'DELIVERED' };

  test.each<[object, boolean]>([
    [
      {
        period: month,
        where: delivered,
        measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
      },
      true,
    ],
    [
      {
        period: month,
        where: delivered,
        measure: { kind: 'count', op: 'greater_or_equal', value: 3 },
      },
      false,
    ],
    [{ period: { kind: 'ever' }, where: { param: 'total', op: 'greater', value: 500 } }, true],
    [{ period: month, where: { param: 'total', op: 'greater', value: 500 } }, false],
    [{ period: month, where: { param: 'items[].name', op: 'equals', value: 'Shoes' } }, true],
    [{}, false],
  ])('are measured as events are: %j', (more, result) => {
    expect(is({ type: 'order', ...more }, known)).toBe(result);
  });

  test('are none of the events', () => {
    const events = new Map([['order', [order(0, {})]]]);
    expect(is({ type: 'order' }, contact({ events }))).toBe(false);
    const named = checkNode({ type: 'order', event: 'Order' }, options);
    expect(named).toMatchObject({ ok: false, issues: [{ path: '/event' }] });
  });

  test('are loaded where a condition asks for them, and no event type with them', () => {
    const needed = requirements([node({ type: 'order' })], {
      now: NOW,
      workspaceZone: 'UTC',
      types: workflowConditions,
    });
    expect(needed.orders).toBe(true);
    expect(needed.events.size).toBe(0);
  });
});

describe('categories and channels', () => {
  const news = { type: 'category', category: 'news' };
  const email = (state: string, more: object = {}) => ({
    type: 'channel',
    channel: 'email',
    state,
    ...more,
  });
  const push = (app: string, ...states: string[]) => ({ channel: 'mobile_push', app, states });
  const mail = (...states: string[]) => ({ channel: 'email', app: null, states });

  test('a category is one that the contact is in', () => {
    expect(is(news, contact({ categories: new Set(['news']) }))).toBe(true);
    expect(is(news, contact({ categories: new Set(['offers']) }))).toBe(false);
    expect(is(news, contact())).toBe(false);
  });

  test.each<[object, boolean]>([
    [email('unsubscribed'), true],
    [email('blacklisted'), true],
    [email('subscribed'), false],
    [email('absent'), false],
    [{ type: 'channel', channel: 'sms', state: 'absent' }, true],
    [{ type: 'channel', channel: 'mobile_push', state: 'reachable' }, true],
    [{ type: 'channel', channel: 'mobile_push', state: 'reachable', app: 'run' }, false],
    [{ type: 'channel', channel: 'mobile_push', state: 'absent', app: 'walk' }, true],
  ])('%j is %s', (condition, expected) => {
    const channels = [
      mail('unsubscribed', 'blacklisted'),
      push('fit', 'subscribed', 'reachable'),
      push('run', 'bounced'),
    ];
    expect(is(condition, contact({ channels }))).toBe(expected);
  });

  test('that do not exist are refused where that is known', () => {
    const checked = checkNode(
      {
        all: [
          news,
          { type: 'category', category: 'nope' },
          email('absent'),
          { ...email('absent'), channel: 'fax' },
        ],
      },
      {
        fields,
        types: workflowConditions,
        categories: (key) => key === 'news',
        channels: (key) => key === 'email',
      },
    );
    expect(checked).toEqual({
      ok: false,
      issues: [
        { path: '/all/1/category', message: 'there is no category "nope"' },
        { path: '/all/3/channel', message: 'there is no channel "fax"' },
      ],
    });
  });
});

describe('definitions', () => {
  const named = { type: 'field', field: 'first_name', op: 'is_set' };
  const everyone = { type: 'everyone' };

  test('members are those of include without those of exclude', () => {
    const rule = definition(everyone, named);
    expect(interpret(rule, contact(), options)).toBe(true);
    expect(interpret(rule, contact({ fields: { first_name: 'Ann' } }), options)).toBe(false);
  });

  test('all of nothing is true, any of nothing is false', () => {
    expect(is({ all: [] }, contact())).toBe(true);
    expect(is({ any: [] }, contact())).toBe(false);
    expect(interpret(definition(everyone, { any: [] }), contact(), options)).toBe(true);
  });

  test('explain shows both with what they saw', () => {
    const rule = definition({ all: [everyone, { not: named }] }, named);
    const explained = explain(rule, contact({ fields: { first_name: 'Ann' } }), options);
    expect(explained).toEqual({
      result: false,
      missing: [],
      tree: {
        node: rule,
        result: false,
        values: {},
        children: [
          {
            node: rule.include,
            result: false,
            values: {},
            children: [
              { node: everyone, result: true, values: {}, children: [] },
              {
                node: { not: named },
                result: false,
                values: {},
                children: [{ node: named, result: true, values: { value: 'Ann' }, children: [] }],
              },
            ],
          },
          { node: named, result: true, values: { value: 'Ann' }, children: [] },
        ],
      },
    });
  });
});

describe('values from the triggering event', () => {
  const read = (bookId: Json): EventFact => ({
    event: 'Read',
    occurredAt: NOW,
    params: { bookId },
  });
  const facts = (trigger: EventContent | undefined, ...events: EventFact[]) =>
    contact({ events: new Map([['Read', events]]), trigger });
  const bookOf = (op: string, path: string) => ({
    type: 'event',
    event: 'Read',
    where: { param: 'bookId', op, value: { $event: path } },
    period: { kind: 'ever' },
  });

  test('a chapter is told to those who read the book', () => {
    const rule = definition(bookOf('equals', 'bookId'));
    const compiled = compileRule(rule, options);
    const chapter = (bookId: Json) => ({ params: { bookId } });
    expect(compiled.test(facts(chapter('b1'), read('b1')))).toBe(true);
    expect(compiled.test(facts(chapter('b2'), read('b1')))).toBe(false);
    expect(compiled.test(facts(chapter('b1'), read('b1')))).toBe(true);
  });

  test('the type of the value decides how parameters compare', () => {
    const rule = node(bookOf('equals', 'n'));
    const test = (n: Json, stored: Json) =>
      interpret(rule, facts({ params: { n } }, read(stored)), options);
    expect(test(5, '5.0')).toBe(true);
    expect(test('5', '5.0')).toBe(false);
    expect(test('5', 5)).toBe(true);
    expect(test(true, 'true')).toBe(true);
  });

  test.each<[string, EventContent | undefined]>([
    ['no event', undefined],
    ['an event without it', { params: {} }],
    ['null', { params: { bookId: null } }],
    ['the empty text', { params: { bookId: '' } }],
    ['an object, which equals cannot read', { params: { bookId: {} } }],
  ])('%s: the whole rule is false, negations included', (_case, trigger) => {
    const leaf = bookOf('equals', 'bookId');
    for (const input of [leaf, { not: leaf }, { any: [{ type: 'everyone' }, leaf] }]) {
      const explained = explain(node(input), facts(trigger, read('b1')), options);
      expect(explained).toMatchObject({
        result: false,
        missing: ['bookId'],
        tree: { result: false },
      });
    }
    const rule = definition({ type: 'everyone' }, leaf);
    expect(interpret(rule, facts(trigger), options)).toBe(false);
  });

  test('lists are taken by one_of, elements without a value left out', () => {
    const rule = node(bookOf('one_of', 'items[].sku'));
    const trigger = { params: { items: [{ sku: 'b1' }, {}, { sku: null }, { sku: 7 }] } };
    expect(interpret(rule, facts(trigger, read('b1')), options)).toBe(true);
    expect(interpret(rule, facts(trigger, read('7')), options)).toBe(true);
    expect(interpret(rule, facts(trigger, read('b2')), options)).toBe(false);
    expect(explain(rule, facts({ params: { items: [{}] } }), options).missing).toEqual([
      'items[].sku',
    ]);
  });

  test('a list as it stands, or a single value, is a list too', () => {
    const rule = node(bookOf('none_of', 'skus'));
    const test = (skus: Json) => interpret(rule, facts({ params: { skus } }, read('b1')), options);
    expect([test(['b1']), test(['b2']), test('b1'), test('b2')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test('fields compare in their own type and stored form', () => {
    const trigger = {
      params: {
        mail: 'ANN@X.com',
        n: '5',
        long: '5.0000000000000000000',
        id: 12,
        day: '2026-10-14T23:00:00Z',
      },
    };
    const test = (field: string, value: Json, op: string, path: string) =>
      is(
        { type: 'field', field, op, value: { $event: path } },
        contact({ trigger, fields: { [field]: value } }),
      );
    expect(test('email', 'ann@x.com', 'equals', 'mail')).toBe(true);
    expect(test('custom.score', 4, 'less', 'n')).toBe(true);
    expect(test('external_id', '12', 'equals', 'id')).toBe(true);
    expect(test('birthday', '2026-10-14', 'on', 'day')).toBe(true);
    expect(test('custom.score', 4, 'less', 'mail')).toBe(false);
    expect(test('custom.score', 5, 'equals', 'long')).toBe(true);
  });

  test('filters of workflows take them from the event given', () => {
    const where = whereSchema.parse({ param: 'id', op: 'not_equals', value: { $event: 'order' } });
    const clock = { now: NOW, workspaceZone: 'UTC' };
    expect(compileWhere(where, { params: { order: 1 } })({ params: { id: 2 } }, clock)).toBe(true);
    expect(compileWhere(where, { params: {} })({ params: { id: 2 } }, clock)).toBe(false);
    expect(compileWhere(where)({ params: { id: 2 } }, clock)).toBe(false);
  });
});

describe('conditions of workflows', () => {
  test.each<[object, EventContent | undefined, boolean, Json]>([
    [{ param: 'total', op: 'greater', value: 10 }, { params: { total: '11' } }, true, '11'],
    [{ param: '$source', op: 'equals', value: 'sdk' }, { params: {}, source: 'sdk' }, true, 'sdk'],
    [
      { param: 'items[].sku', op: 'equals', value: 'B' },
      { params: { items: [{ sku: 'A' }, { sku: 'B' }] } },
      true,
      ['A', 'B'],
    ],
    [{ param: 'total', op: 'not_equals', value: 10 }, undefined, true, null],
    [{ param: 'total', op: 'is_set' }, undefined, false, null],
  ])('event_param %j of %j is %s', (condition, trigger, expected, value) => {
    const explained = explain(
      node({ type: 'event_param', ...condition }),
      contact({ trigger }),
      options,
    );
    expect(explained).toMatchObject({ result: expected, tree: { values: { value } } });
  });

  test.each<[object, boolean]>([
    [{ weekdays: [3] }, true],
    [{ weekdays: [1, 2] }, false],
    [{ weekdays: [3], zone: 'Asia/Tokyo' }, true],
    [{ time: { from: '09:00', to: '10:00' } }, true],
    [{ time: { from: '09:30', to: '10:00' } }, true],
    [{ time: { from: '09:00', to: '09:30' } }, false],
    [{ time: { from: '12:00', to: '13:00' }, zone: 'workspace' }, true],
    [{ time: { from: '18:00', to: '19:00' }, zone: 'contact' }, true],
    [{ time: { from: '22:00', to: '06:00' } }, false],
    [{ time: { from: '22:00', to: '09:31' } }, true],
    [{ time: { from: '09:30', to: '06:00' } }, true],
    [{ dates: { from: '2026-10-14', to: '2026-10-15' } }, true],
    [{ dates: { from: '2026-10-15' } }, false],
    [{ dates: { to: '2026-10-14' } }, false],
    [{ dates: { to: '2026-10-15' }, weekdays: [3], time: { from: '09:00', to: '17:00' } }, true],
    [{ dates: { to: '2026-10-15' }, weekdays: [4], time: { from: '09:00', to: '17:00' } }, false],
  ])('now %j is %s', (condition, expected) => {
    expect(is({ type: 'now', ...condition }, contact({ contactZone: 'Asia/Tokyo' }))).toBe(
      expected,
    );
  });

  test('weekdays are those of the zone', () => {
    const sundayInTokyo = contact({ now: Date.UTC(2026, 9, 17, 16) });
    const sunday = { type: 'now', weekdays: [7] };
    expect(is(sunday, sundayInTokyo)).toBe(false);
    expect(is({ ...sunday, zone: 'Asia/Tokyo' }, sundayInTokyo)).toBe(true);
  });

  test('explain tells the local time', () => {
    const { tree } = explain(
      node({ type: 'now', weekdays: [3], zone: 'workspace' }),
      contact(),
      options,
    );
    expect(tree.values).toEqual({
      day: '2026-10-14',
      weekday: 3,
      time: '12:30',
      zone: 'Europe/Kyiv',
    });
  });
});

test('a type of condition from elsewhere is asked with facts of its own', () => {
  interface RunFacts extends Facts {
    readonly results: Readonly<Record<string, string>>;
  }
  const schema = z.strictObject({ type: z.literal('run'), block: z.string(), is: z.string() });
  const run: ConditionType<z.infer<typeof schema>, RunFacts> = {
    type: 'run',
    schema,
    check: (input, { report }) => parseWith(schema, input, report),
    compile:
      ({ block, is: wanted }) =>
      ({ results }) => ({
        result: results[block] === wanted,
        values: () => ({ got: results[block] ?? null }),
        changesAt: () => Infinity,
      }),
    need: () => undefined,
    canonical: (condition) => ({ ...condition }),
    sentence: ({ block, is: wanted }) => `${block} gave ${wanted}`,
    messages: {},
  };
  const types = { ...workflowConditions, run };
  const checked = checkNode({ not: { type: 'run', block: 'b1', is: 'ok' } }, { fields, types });
  if (!checked.ok) throw new Error('refused');
  const rule = compileRule<RunFacts>(checked.value, { fields, types });
  expect(rule.test({ ...contact(), results: { b1: 'failed' } })).toBe(true);
  expect(rule.explain({ ...contact(), results: { b1: 'ok' } })).toMatchObject({
    result: false,
    tree: { children: [{ values: { got: 'ok' } }] },
  });
});
