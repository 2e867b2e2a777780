import { describe, expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import { explain } from '../evaluate/compile-rule.ts';
import type { EventFact } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';
import type { Json, JsonObject } from '../json.ts';

/** Wednesday, 14 October 2026, 09:30 UTC. */
const NOW = Date.UTC(2026, 9, 14, 9, 30);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const fields = fieldCatalogue({});

type Measured = { measure?: JsonObject; period?: JsonObject; where?: JsonObject };

function verdict(condition: Measured, events: readonly EventFact[], trigger?: JsonObject) {
  const checked = checkNode({ type: 'event', event: 'E', ...condition }, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const facts = {
    now: NOW,
    workspaceZone: 'Europe/Kyiv',
    fields: {},
    events: new Map([['E', events]]),
    ...(trigger ? { trigger: { params: trigger } } : {}),
  };
  const { result, missing, tree } = explain(checked.value, facts, { fields });
  return { result, missing, values: tree.values };
}

const holds = (condition: Measured, events: readonly EventFact[]) =>
  verdict(condition, events).result;

/** Events with these values of `v`, all an hour ago; `undefined` is an event without it. */
function withValues(...values: unknown[]): EventFact[] {
  return values.map((v) => ({
    event: 'E',
    occurredAt: NOW - HOUR,
    params: v === undefined ? {} : { v: v as Json },
  }));
}

/** Events at these instants. */
function at(...instants: number[]): EventFact[] {
  return instants.map((occurredAt) => ({ event: 'E', occurredAt, params: {} }));
}

const ever = { kind: 'ever' };

describe('without measure and period', () => {
  test('at least one event today, in UTC', () => {
    expect(holds({}, at(NOW))).toBe(true);
    expect(holds({}, at(Date.UTC(2026, 9, 14)))).toBe(true);
    expect(holds({}, at(Date.UTC(2026, 9, 14) - 1))).toBe(false);
    expect(holds({}, [])).toBe(false);
  });
});

describe('count', () => {
  test.each<[string, Json, boolean[]]>([
    ['equals', 2, [false, false, true, false]],
    ['not_equals', 2, [true, true, false, true]],
    ['greater', 2, [false, false, false, true]],
    ['greater_or_equal', 2, [false, false, true, true]],
    ['less', 1, [true, false, false, false]],
    ['less_or_equal', 1, [true, true, false, false]],
    ['between', [1, 2], [false, true, true, false]],
    ['equals', 0, [true, false, false, false]],
  ])('%s %j of 0, 1, 2 and 3 events', (op, value, expected) => {
    const measure = { kind: 'count', op, value };
    const answers = [0, 1, 2, 3].map((n) => holds({ measure }, at(...Array<number>(n).fill(NOW))));
    expect(answers).toEqual(expected);
  });

  test('sees only events in the period and through the filter', () => {
    const where = { param: 'v', op: 'equals', value: 'Strength' };
    const events = [...withValues('Strength', 'Cardio'), ...at(NOW - 40 * DAY)];
    const { values } = verdict({ where, period: { kind: 'last', n: 30, unit: 'day' } }, events);
    expect(values).toEqual({
      count: 1,
      from: '2026-09-14T09:30:00.001Z',
      to: '2026-10-14T09:30:00.001Z',
    });
  });
});

describe('numbers of a parameter', () => {
  test.each<[string, string, Json, unknown[], boolean]>([
    ['sum', 'equals', 0.3, [0.1, 0.2], true],
    ['sum', 'equals', 0.3, ['0.1', 0.2, 'x', null, undefined], true],
    ['sum', 'greater', 100, [50, 50], false],
    ['sum', 'between', [99, 100], [50, 50], true],
    ['sum', 'equals', 3, [[1, 2]], false],
    ['average', 'equals', 2, [1, 2, 3], true],
    ['average', 'less', 0.34, [1, 0, 0], true],
    ['average', 'equals', 0.3333333333333333, [1, 0, 0], false],
    ['average', 'between', [0.33, 0.34], [1, 0, 0], true],
    ['average', 'equals', 2, [2, undefined, 'x'], true],
    ['min', 'equals', -1, [3, '-1', 2], true],
    ['min', 'greater', 0, ['0.00000000000000000001'], true],
    ['max', 'equals', 10, [3, '10', 9], true],
    ['max', 'less_or_equal', 9, [3, '10', 9], false],
  ])('%s %s %j of %j is %s', (kind, op, value, values, expected) => {
    expect(holds({ measure: { kind, param: 'v', op, value } }, withValues(...values))).toBe(
      expected,
    );
  });

  test.each(['sum', 'average', 'min', 'max'])(
    '%s without any number is false, also if negated',
    (kind) => {
      for (const op of ['equals', 'not_equals', 'less', 'greater_or_equal']) {
        const measure = { kind, param: 'v', op, value: 0 };
        expect(holds({ measure }, withValues('x', null, undefined, true))).toBe(false);
        expect(holds({ measure }, [])).toBe(false);
      }
    },
  );

  test('elements of lists count one by one, of all events', () => {
    const params = (...prices: number[]) => ({ items: prices.map((price) => ({ price })) });
    const events = [params(1, 2), params(3), params()].map((items) => ({
      event: 'E',
      occurredAt: NOW,
      params: items,
    }));
    const measure = { kind: 'sum', param: 'items[].price', op: 'equals', value: 6 };
    expect(verdict({ measure }, events)).toMatchObject({
      result: true,
      values: { sum: 6, values: 3 },
    });
  });
});

describe('distinct', () => {
  test.each<[unknown[], number]>([
    [[], 0],
    [['a', 'a', 'b'], 2],
    [[5, '5', '5.0'], 2],
    [[true, 'true'], 1],
    [[null, '', undefined, [], {}, ['a']], 0],
  ])('of %j are %d', (values, n) => {
    const measure = { kind: 'distinct', param: 'v', op: 'equals', value: n };
    expect(holds({ measure }, withValues(...values))).toBe(true);
  });

  test('none is 0, which is less than 1', () => {
    expect(holds({ measure: { kind: 'distinct', param: 'v', op: 'less', value: 1 } }, [])).toBe(
      true,
    );
  });
});

describe('first and last', () => {
  const active = at(NOW - 20 * DAY, NOW - 3 * DAY, NOW - 10 * DAY);
  const last = (n: number) => ({ kind: 'last', n, unit: 'day' });

  test.each<[string, JsonObject, boolean]>([
    ['first', last(30), true],
    ['first', last(15), false],
    ['last', last(5), true],
    ['last', last(2), false],
    ['last', { kind: 'longer_ago', n: 9, unit: 'day' }, false],
    ['last', { kind: 'longer_ago', n: 3, unit: 'day' }, true],
    ['first', ever, true],
  ])('%s within %j: %s', (kind, period, expected) => {
    expect(holds({ measure: { kind }, period }, active)).toBe(expected);
  });

  test.each(['first', 'last'])('%s of no event is false, whatever the period', (kind) => {
    expect(holds({ measure: { kind }, period: ever }, [])).toBe(false);
  });

  test('are looked for among the events that match the filter', () => {
    const where = { param: 'v', op: 'equals', value: 'a' };
    const events = [...withValues('b'), { ...withValues('a')[0]!, occurredAt: NOW - 9 * DAY }];
    expect(verdict({ where, measure: { kind: 'last' }, period: last(1) }, events)).toMatchObject({
      result: false,
      values: { last: '2026-10-05T09:30:00.000Z' },
    });
  });
});

describe('streak', () => {
  const monday = (weeksAgo: number) => Date.UTC(2026, 9, 12) - weeksAgo * 7 * DAY;
  const weeks = { kind: 'previous', n: 3, unit: 'week' };
  const streak = { kind: 'streak' };

  test('has an event in each of the previous complete units', () => {
    const events = at(monday(1), monday(2) + 6 * DAY, monday(3) + 7 * DAY - 1);
    expect(holds({ measure: streak, period: weeks }, events)).toBe(true);
  });

  test('breaks by a unit without event, whatever came after', () => {
    const events = at(monday(1), monday(1) + DAY, monday(3), NOW);
    expect(verdict({ measure: streak, period: weeks }, events)).toMatchObject({
      result: false,
      values: { streak: 1, broken_at: '2026-09-28T00:00:00.000Z' },
    });
  });

  test('does not mind the unit in progress', () => {
    const events = at(monday(1), monday(2), monday(3));
    expect(holds({ measure: streak, period: weeks }, events)).toBe(true);
    expect(holds({ measure: streak, period: weeks }, [...events, ...at(NOW)])).toBe(true);
    expect(holds({ measure: streak, period: weeks }, at(NOW, NOW - DAY))).toBe(false);
  });

  test('each unit may have to satisfy a measure: 10,000 steps a day', () => {
    const steps = (daysAgo: number, v: number) => ({
      event: 'E',
      occurredAt: Date.UTC(2026, 9, 14) - daysAgo * DAY,
      params: { v },
    });
    const measure = {
      kind: 'streak',
      each: { kind: 'sum', param: 'v', op: 'greater_or_equal', value: 10_000 },
    };
    const period = { kind: 'previous', n: 2, unit: 'day' };
    const enough = [steps(1, 6000), steps(1, 4000), steps(2, 12_000)];
    expect(holds({ measure, period }, enough)).toBe(true);
    expect(holds({ measure, period }, enough.slice(1))).toBe(false);
  });

  test('days are those of the zone', () => {
    const period = { kind: 'previous', n: 1, unit: 'day' };
    const lateInKyiv = at(Date.UTC(2026, 9, 12, 22));
    expect(holds({ measure: streak, period }, lateInKyiv)).toBe(false);
    expect(holds({ measure: streak, period: { ...period, zone: 'workspace' } }, lateInKyiv)).toBe(
      true,
    );
  });
});

describe('limits from the triggering event', () => {
  const measure = { kind: 'count', op: 'greater_or_equal', value: { $event: 'wanted' } };

  test.each<[JsonObject, boolean]>([
    [{ wanted: 2 }, true],
    [{ wanted: '2' }, true],
    [{ wanted: 3 }, false],
    [{ wanted: 1.5 }, false],
    [{ wanted: -1 }, false],
    [{ wanted: 'two' }, false],
    [{}, false],
  ])('two events, trigger %j: %s', (trigger, expected) => {
    expect(verdict({ measure }, at(NOW, NOW), trigger).result).toBe(expected);
  });

  test('a pair of numbers may stand for the ends of between', () => {
    const between = { ...measure, op: 'between' };
    expect(verdict({ measure: between }, at(NOW), { wanted: [1, 2] }).result).toBe(true);
    expect(verdict({ measure: between }, at(NOW), { wanted: [2, 1] }).missing).toEqual(['wanted']);
    expect(verdict({ measure: between }, at(NOW), { wanted: 1 }).result).toBe(false);
  });
});
