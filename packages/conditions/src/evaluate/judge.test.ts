import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDefinition, checkNode } from '../check/check-definition.ts';
import type { BaseCondition, Node } from '../conditions/condition-type.ts';
import { workflowConditions } from '../conditions/index.ts';
import type { Facts } from '../facts.ts';
import type { Json } from '../json.ts';
import { anyCondition, anyFacts, anyNode, fields, NOW } from '../test-arbitraries.ts';
import { ROLLING_MS, type RollingUnit } from '../time/units.ts';
import { dayOfInstant, startOfDay } from '../time/zones.ts';
import { leavesOf } from '../tree.ts';
import { readMoment, momentInstant } from '../values/moment.ts';
import { compileRule } from './compile-rule.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONES = ['UTC', 'Europe/Kyiv', 'America/New_York', 'Asia/Tokyo'];

function checked(input: unknown): Node {
  const outcome = checkNode(input, { fields, types: workflowConditions });
  if (!outcome.ok) throw new Error(JSON.stringify([input, outcome.issues]));
  return outcome.value;
}

/** The same contact later: no data changed, but addresses that were blocked for a while are free. */
function later(facts: Facts, now: number): Facts {
  const channels = facts.channels?.map((fact) =>
    fact.until !== undefined && fact.until <= now ? { ...fact, states: ['subscribed'] } : fact,
  );
  return { ...facts, now, channels };
}

/** All instants near which any condition of the node may change by time, and those beside them. */
function instantsToTry(node: Node, facts: Facts): number[] {
  const lengths = [...lengthsIn(node as unknown as Json)];
  const times = timesOf(facts);
  const around = [
    ...times.flatMap((time) => [time, ...lengths.flatMap((n) => [time + n, time - n])]),
    ...BOUNDARIES,
    ...(facts.channels ?? []).flatMap(({ until }) => until ?? []),
  ];
  return [...new Set(around.flatMap((at) => [at - 1, at, at + 1]))].filter((at) => at > NOW);
}

const BOUNDARIES = ZONES.flatMap((zone) => {
  const today = dayOfInstant(NOW, zone);
  const near = Array.from({ length: 22 }, (_, n) => today + n);
  const far = Array.from({ length: 40 }, (_, n) => today + 22 + n * 31);
  return [...near, ...far].map((day) => startOfDay(day, zone));
});

function* lengthsIn(json: Json): Generator<number> {
  if (typeof json !== 'object' || json === null) return;
  const { n, unit } = json as { n?: Json; unit?: Json };
  if (typeof n === 'number' && typeof unit === 'string' && unit in ROLLING_MS) {
    yield n * ROLLING_MS[unit as RollingUnit];
  }
  for (const part of Object.values(json)) yield* lengthsIn(part);
}

function timesOf({ events, messages, orders, runs, devices, fields: values }: Facts): number[] {
  const facts = [...events.values(), ...messages!.values(), orders!].flat();
  const moments = [
    ...Object.values(values),
    ...devices!.map(({ last_seen_at: seen }) => seen),
    ...facts.flatMap(({ params }) => Object.values(params)),
  ].flatMap((value) => readMoment(value) ?? []);
  return [
    ...facts.map(({ occurredAt }) => occurredAt),
    ...runs!.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt ?? startedAt]),
    ...moments.flatMap((moment) => ZONES.map((zone) => momentInstant(moment, zone))),
  ];
}

/** Leaves of which `changesAt` is only a bound: several devices or addresses, filters that move. */
function isExact(node: Node): boolean {
  const moves = /"op":"(in|anniversary)"/;
  return [...leavesOf<BaseCondition>(node)].every(
    ({ type, ...leaf }) =>
      type === 'field' ||
      (type !== 'device' && type !== 'channel' && !moves.test(JSON.stringify(leaf))),
  );
}

describe('judge', () => {
  test('answers as test does', () => {
    fc.assert(
      fc.property(anyNode, anyFacts, (input, facts) => {
        const rule = compileRule(checked(input), { fields });
        expect(rule.judge(facts).result).toBe(rule.test(facts));
      }),
    );
  });

  test('the answer is constant until the instant it names', () => {
    fc.assert(
      fc.property(fc.oneof(anyNode, anyCondition), anyFacts, (input, facts) => {
        const node = checked(input);
        const rule = compileRule(node, { fields });
        const { result, changesAt } = rule.judge(facts);
        expect(changesAt).toBeGreaterThan(facts.now);
        const early = instantsToTry(node, facts).filter((at) => at < changesAt);
        const other = early.find((at) => rule.test(later(facts, at)) !== result);
        expect(other === undefined || [other, changesAt]).toBe(true);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('a single condition changes at that instant, where it says so exactly', () => {
    fc.assert(
      fc.property(anyCondition, anyFacts, (input, facts) => {
        const node = checked(input);
        fc.pre(isExact(node));
        const rule = compileRule(node, { fields });
        const { result, changesAt } = rule.judge(facts);
        if (changesAt < Infinity) {
          expect(rule.test({ ...facts, now: changesAt - 1 })).toBe(result);
          expect(rule.test({ ...facts, now: changesAt })).toBe(!result);
        }
      }),
      { numRuns: 2000 },
    );
  }, 60_000);
});

const at = (days: number) => NOW - days * DAY;
const did = (days: number, params: Record<string, Json> = {}) => ({
  event: 'Strength',
  occurredAt: at(days),
  params,
});
const contact = (facts: Partial<Facts> = {}): Facts => ({
  now: NOW,
  workspaceZone: 'Europe/Kyiv',
  fields: {},
  events: new Map(),
  ...facts,
});
const withEvents = (...events: ReturnType<typeof did>[]) =>
  contact({ events: new Map([['Strength', events]]) });

const strength = (rest: object) => ({ type: 'event', event: 'Strength', ...rest });
const count = (op: string, value: number) => ({ measure: { kind: 'count', op, value } });
const lastDays = (n: number) => ({ period: { kind: 'last', n, unit: 'day' } });
const daysAgo = (n: number) => ({ period: { kind: 'longer_ago', n, unit: 'day' } });
const sum = (op: string, value: number) => ({ measure: { kind: 'sum', param: 'kcal', op, value } });
const streakOf = (n: number, rest: object = {}) => ({
  measure: { kind: 'streak', ...rest },
  period: { kind: 'previous', n, unit: 'day' },
});
const midnight = (days: number) => Date.UTC(2026, 9, 14 + days);

describe('the next change by time', () => {
  test.each<[string, object, Facts, boolean, number]>([
    ['none of nobody', strength(lastDays(9)), contact(), false, Infinity],
    ['the only event leaves', strength(lastDays(9)), withEvents(did(2)), true, at(2 - 9)],
    [
      'of three the second newest leaves',
      strength({ ...count('greater_or_equal', 2), ...lastDays(9) }),
      withEvents(did(1), did(3), did(2)),
      true,
      at(2 - 9),
    ],
    [
      'inactivity begins',
      strength({ ...count('equals', 0), ...lastDays(9) }),
      withEvents(did(2), did(1)),
      false,
      at(1 - 9),
    ],
    [
      'exactly one, for a while',
      strength({ ...count('equals', 1), ...lastDays(9) }),
      withEvents(did(2), did(1)),
      false,
      at(2 - 9),
    ],
    ['nine days pass', strength(daysAgo(9)), withEvents(did(2), did(1)), false, at(2 - 9)],
    ['and stay passed', strength(daysAgo(9)), withEvents(did(10)), true, Infinity],
    ['today ends', strength({}), withEvents(did(0)), true, midnight(1)],
    [
      'today ends in the zone of the workspace',
      strength({ period: { kind: 'today', zone: 'workspace' } }),
      withEvents(did(0)),
      true,
      midnight(1) - 3 * HOUR,
    ],
    [
      'today becomes yesterday',
      strength({ period: { kind: 'yesterday' } }),
      withEvents(did(0)),
      false,
      midnight(1),
    ],
    ['a fixed period', strength({ period: { kind: 'ever' } }), withEvents(did(0)), true, Infinity],
    [
      'the sum falls below',
      strength({ ...sum('greater', 250), ...lastDays(9) }),
      withEvents(did(3, { kcal: 100 }), did(2, { kcal: 100 }), did(1, { kcal: 200 })),
      true,
      at(2 - 9),
    ],
    [
      'the sum of a negative value rises',
      strength({ ...sum('greater', 250), ...lastDays(9) }),
      withEvents(did(3, { kcal: -100 }), did(1, { kcal: 300 })),
      false,
      at(3 - 9),
    ],
    [
      'the greatest of them leaves',
      strength({
        measure: { kind: 'max', param: 'kcal', op: 'greater_or_equal', value: 200 },
        ...lastDays(9),
      }),
      withEvents(did(3, { kcal: 100 }), did(2, { kcal: 200 }), did(1, { kcal: 100 })),
      true,
      at(2 - 9),
    ],
    [
      'the second lesson leaves, the repeated one stays',
      strength({
        measure: { kind: 'distinct', param: 'lesson', op: 'equals', value: 2 },
        ...lastDays(9),
      }),
      withEvents(did(3, { lesson: 'a' }), did(2, { lesson: 'b' }), did(1, { lesson: 'a' })),
      true,
      at(2 - 9),
    ],
    [
      'the first one is long ago',
      strength({ measure: { kind: 'first' }, ...daysAgo(9) }),
      withEvents(did(3), did(2)),
      false,
      at(3 - 9),
    ],
    [
      'the last one is long ago',
      strength({ measure: { kind: 'last' }, ...daysAgo(9) }),
      withEvents(did(3), did(2)),
      false,
      at(2 - 9),
    ],
    [
      'a streak ends with today',
      strength(streakOf(2)),
      withEvents(did(1), did(2)),
      true,
      midnight(1),
    ],
    [
      'a streak kept up today ends with tomorrow',
      strength(streakOf(2)),
      withEvents(did(0), did(1), did(2)),
      true,
      midnight(2),
    ],
    [
      'a streak begins at midnight',
      strength(streakOf(2)),
      withEvents(did(0), did(1)),
      false,
      midnight(1),
    ],
    ['a streak cannot begin', strength(streakOf(2)), withEvents(did(1)), false, Infinity],
    [
      'a streak of days without begins by itself',
      strength(streakOf(3, { each: { kind: 'count', op: 'equals', value: 0 } })),
      withEvents(did(1)),
      false,
      midnight(3),
    ],
    [
      'and then does not end',
      strength(streakOf(3, { each: { kind: 'count', op: 'equals', value: 0 } })),
      withEvents(did(9)),
      true,
      Infinity,
    ],
    [
      'a date comes near',
      {
        type: 'field',
        field: 'custom.trial_end',
        op: 'in',
        period: { kind: 'next', n: 3, unit: 'day' },
      },
      contact({ fields: { 'custom.trial_end': '2026-10-20' } }),
      false,
      midnight(3),
    ],
    [
      'and passes',
      {
        type: 'field',
        field: 'custom.trial_end',
        op: 'in',
        period: { kind: 'next', n: 3, unit: 'day' },
      },
      contact({ fields: { 'custom.trial_end': '2026-10-16' } }),
      true,
      midnight(2),
    ],
    [
      'a birthday comes',
      { type: 'field', field: 'birthday', op: 'anniversary', value: { from: 0, to: 0 } },
      contact({ fields: { birthday: '1990-10-16' } }),
      false,
      midnight(2),
    ],
    [
      'a birthday passes',
      { type: 'field', field: 'birthday', op: 'anniversary', value: { from: -1, to: 0 } },
      contact({ fields: { birthday: '1990-10-14' } }),
      true,
      midnight(2),
    ],
    [
      'an anniversary that is always near',
      { type: 'field', field: 'birthday', op: 'anniversary', value: { from: -183, to: 183 } },
      contact({ fields: { birthday: '1990-10-14' } }),
      true,
      Infinity,
    ],
    [
      'the one day that 365 days leave out of a leap year',
      { type: 'field', field: 'birthday', op: 'anniversary', value: { from: 0, to: 364 } },
      contact({ fields: { birthday: '1990-10-14' } }),
      true,
      Date.UTC(2027, 9, 15),
    ],
    [
      'a block ends',
      { type: 'channel', channel: 'email', state: 'blocked' },
      contact({
        channels: [
          { channel: 'email', states: ['blocked'], until: NOW + HOUR },
          { channel: 'sms', states: ['blocked'], until: NOW + 1 },
        ],
      }),
      true,
      NOW + HOUR,
    ],
    [
      'no address is blocked any more',
      { type: 'channel', channel: 'email', state: 'absent' },
      contact({ channels: [{ channel: 'email', states: ['blocked'], until: NOW + HOUR }] }),
      false,
      Infinity,
    ],
    [
      'a device is no longer seen lately',
      {
        type: 'device',
        where: { param: 'last_seen_at', op: 'in', period: { kind: 'last', n: 7, unit: 'day' } },
      },
      contact({ devices: [{ last_seen_at: at(1) }, { last_seen_at: at(9) }] }),
      true,
      at(1 - 7),
    ],
    [
      'a run has lasted a week',
      {
        type: 'workflow',
        workflow: '7',
        state: 'running',
        period: { kind: 'longer_ago', n: 7, unit: 'day' },
      },
      contact({
        runs: [{ workflow: '7', state: 'running', startedAt: at(2), endedAt: null }],
      }),
      false,
      at(2 - 7),
    ],
    [
      'a parameter’s date passes within a filter',
      strength({
        where: { param: 'due', op: 'in', period: { kind: 'next', n: 1, unit: 'day' } },
        ...lastDays(30),
      }),
      withEvents(did(1, { due: '2026-10-15' })),
      true,
      midnight(1),
    ],
  ])('%s', (_case, input, facts, result, changesAt) => {
    expect(compileRule(checked(input), { fields }).judge(facts)).toEqual({ result, changesAt });
  });
});

describe('joins', () => {
  const soon = strength(lastDays(2));
  const late = strength(lastDays(9));
  const no = strength({ event: 'Yoga', ...lastDays(9) });
  const facts = withEvents(did(1));

  test.each<[string, unknown, boolean, number]>([
    ['all true: the first to change', { all: [soon, late] }, true, at(1 - 2)],
    ['any true: the last of the true ones', { any: [soon, late, no] }, true, at(1 - 9)],
    ['all with a false one that stays false', { all: [soon, no] }, false, Infinity],
    ['not: as its part', { not: soon }, false, at(1 - 2)],
    ['all of nothing', { all: [] }, true, Infinity],
  ])('%s', (_case, input, result, changesAt) => {
    expect(compileRule(checked(input), { fields }).judge(facts)).toEqual({ result, changesAt });
  });

  test('a definition changes when its exclude does', () => {
    const definition = checkDefinition(
      { language: 1, include: { type: 'everyone' }, exclude: soon },
      { fields },
    );
    if (!definition.ok) throw new Error('refused');
    const rule = compileRule(definition.value, { fields });
    expect(rule.judge(facts)).toEqual({ result: false, changesAt: at(1 - 2) });
    expect(rule.judge(contact())).toEqual({ result: true, changesAt: Infinity });
  });

  test('without the value of the event the rule is false for good', () => {
    const node = checked({
      not: { type: 'field', field: 'birthday', op: 'on', value: { $event: 'day' } },
    });
    expect(compileRule(node, { fields }).judge(facts)).toEqual({
      result: false,
      changesAt: Infinity,
    });
  });
});

test('what only wants the answer does not ask when it changes', () => {
  const asked: string[] = [];
  const type = {
    ...workflowConditions.everyone,
    type: 'asked',
    compile: () => () => ({
      result: true,
      values: () => ({}),
      changesAt: () => asked.push('') && Infinity,
    }),
  };
  const types = { asked: type } as unknown as typeof workflowConditions;
  const rule = compileRule(
    { all: [{ type: 'asked' }, { not: { type: 'asked' } }] },
    { fields, types },
  );
  rule.test(contact());
  rule.explain(contact());
  expect(asked).toEqual([]);
  rule.judge(contact());
  expect(asked).toHaveLength(1);
});

describe('what time of day it is', () => {
  const weekday = { type: 'now', weekdays: [3], zone: 'Europe/Kyiv' };
  test.each<[string, object, number]>([
    ['a weekday holds to the end of the day', weekday, midnight(1) - 3 * HOUR],
    [
      'a time of day is looked at every minute',
      { ...weekday, time: { from: '09:00', to: '18:00' } },
      NOW + 60_000,
    ],
  ])('%s', (_case, input, changesAt) => {
    const rule = compileRule(checked(input), { fields, types: workflowConditions });
    expect(rule.judge(contact())).toEqual({ result: true, changesAt });
  });
});
