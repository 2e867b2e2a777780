import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { compileWhere, whereSchema } from '../where/where.ts';
import { OPERATOR_NAMES, type OperatorName, operators } from './index.ts';
import { type Operator, isNegative } from './operator.ts';

/** Wednesday, 14 October 2026, 09:30 UTC. */
const NOW = Date.UTC(2026, 9, 14, 9, 30);
const clock = { now: NOW, workspaceZone: 'Europe/Kyiv', contactZone: 'Asia/Tokyo' };

/** What stands beside the operator, given whole or as its value. */
type Beside = { value?: unknown; period?: unknown; zone?: string; ignore_case?: boolean };

function ask(op: OperatorName, beside: Beside, params: Record<string, Json>, param = 'p'): boolean {
  const where = whereSchema.parse({ param, op, ...beside });
  return compileWhere(where)({ params }, clock);
}

/** Values that pass and values that do not; `undefined` is a parameter that is absent. */
type Case = [op: OperatorName, beside: Beside, passing: unknown[], failing: unknown[]];

const NO_VALUES = [undefined, null, '', []];

describe('each operator', () => {
  const cases: Case[] = [
    ['is_set', {}, ['a', ' ', 0, false, {}, [1], [null], NOW], NO_VALUES],
    ['is_empty', {}, NO_VALUES, ['a', ' ', 0, false, {}, [1]]],
    ['equals', { value: 'Strength' }, ['Strength'], ['strength', 'Strength ', 5, ...NO_VALUES]],
    ['equals', { value: '5' }, ['5', 5], ['5.0', 5.5, '05', ['5'], { a: 5 }, ...NO_VALUES]],
    ['equals', { value: 'true' }, ['true', true], ['True', false, 1, ...NO_VALUES]],
    ['equals', { value: '10000000000000000000000' }, [1e22], [1e21]],
    ['equals', { value: 5 }, [5, '5', '5.0', '05'], [6, '6', 'five', true, [5], ...NO_VALUES]],
    ['equals', { value: 0.3 }, [0.3, '0.30', '0.300000000000000000000000000'], [0.1 + 0.2]],
    ['equals', { value: 0 }, [0, -0, '0', '-0'], [1, false, ...NO_VALUES]],
    ['equals', { value: true }, [true, 'true'], [false, 'True', 1, '1', ...NO_VALUES]],
    ['equals', { value: false }, [false, 'false'], [true, 0, ...NO_VALUES]],
    ['equals', { value: 'ΟΔΟΣ', ignore_case: true }, ['οδοσ', 'Οδοσ', 'οδοΣ'], ['οδος']],
    ['equals', { value: 'é' }, ['é'], ['e\u0301']],
    ['not_equals', { value: 'a' }, ['b', 5, ['a'], ...NO_VALUES], ['a']],
    [
      'one_of',
      { value: [5, 'x', true] },
      [5, '5', 'x', true, 'true'],
      [6, 'X', false, [5], ...NO_VALUES],
    ],
    ['one_of', { value: ['A', 'B'], ignore_case: true }, ['a', 'b', 'A'], ['c', ...NO_VALUES]],
    [
      'one_of',
      { value: [1e21, 2] },
      [1e21, '1000000000000000000000', 2],
      ['1000000000000000000001'],
    ],
    ['none_of', { value: [5, 'x'] }, [6, 'y', ...NO_VALUES], [5, '5', 'x']],
    ['contains', { value: 'ell' }, ['hello', 'ell'], ['Ell', 'el', ...NO_VALUES]],
    ['contains', { value: '5' }, [1.25, '5'], [1.2, [5]]],
    ['contains', { value: 'ELL', ignore_case: true }, ['hello', 'Bell'], ['hallo', ...NO_VALUES]],
    ['not_contains', { value: 'ell' }, ['hallo', ...NO_VALUES], ['hello']],
    ['starts_with', { value: 'he' }, ['hello'], ['oh hello', 'He', ...NO_VALUES]],
    ['not_starts_with', { value: 'he' }, ['oh', ...NO_VALUES], ['hello']],
    ['ends_with', { value: 'lo' }, ['hello'], ['hello ', ...NO_VALUES]],
    ['not_ends_with', { value: 'lo' }, ['bell', ...NO_VALUES], ['hello']],
    ['matches', { value: '^[A-Z]{2}-\\d+$' }, ['AB-12'], ['ab-12', 'AB-', ...NO_VALUES]],
    ['matches', { value: '^[A-Z]{2}$', ignore_case: true }, ['AB', 'ab'], ['abc', ...NO_VALUES]],
    ['greater', { value: 500 }, [501, 500.5, '501'], [500, '500', 'many', true, ...NO_VALUES]],
    ['greater', { value: 0.1 }, ['0.1000000000000000000000000001'], ['0.1', 0.1]],
    ['greater_or_equal', { value: 500 }, [500, '500.0'], [499.99, ...NO_VALUES]],
    ['less', { value: 0 }, [-1, '-0.5'], [0, -0, '-0', ...NO_VALUES]],
    ['less_or_equal', { value: 0 }, [0, -1], [0.1, ...NO_VALUES]],
    ['between', { value: [1, 2] }, [1, 2, 1.5, '2'], [0.99, 2.01, ...NO_VALUES]],
    ['between', { value: [1, 1] }, [1], [0, 2]],
    [
      'has_any',
      { value: ['A', 5] },
      [['A'], ['x', '5'], [5]],
      [['a'], 'A', [['A']], {}, ...NO_VALUES],
    ],
    ['has_any', { value: ['A'], ignore_case: true }, [['a']], [['b']]],
    ['has_all', { value: ['A', 'B'] }, [['B', 'C', 'A']], [['A'], 'A', ...NO_VALUES]],
    ['has_none', { value: ['A'] }, [['B'], 'A', {}, ...NO_VALUES], [['A', 'B']]],
    [
      'on',
      { value: '2026-05-01' },
      ['2026-05-01', '2026-05-01T23:59:59.999Z', '2026-05-01T10:00'],
      ['2026-05-02', '2026-05-02T00:00:00Z', 5, 'May', ...NO_VALUES],
    ],
    [
      'on',
      { value: '2026-05-01', zone: 'Europe/Kyiv' },
      ['2026-04-30T21:00:00Z', '2026-05-01'],
      ['2026-05-01T21:00:00Z', '2026-04-30'],
    ],
    [
      'before',
      { value: '2026-05-01' },
      ['2026-04-30', '2026-04-30T23:59:59.999Z', 0],
      ['2026-05-01', '2026-05-01T00:00:00Z', 'x', ...NO_VALUES],
    ],
    [
      'before',
      { value: '2026-05-01', zone: 'workspace' },
      ['2026-04-30T20:59:59Z'],
      ['2026-04-30T21:00:00Z'],
    ],
    [
      'before',
      { value: '2026-05-01', zone: 'contact' },
      ['2026-04-30T14:59:59Z'],
      ['2026-04-30T15:00:00Z'],
    ],
    [
      'after',
      { value: '2026-05-01T12:00:00Z' },
      ['2026-05-01T12:00:00Z', '2026-05-02'],
      ['2026-05-01', '2026-05-01T11:59:59.999Z', ...NO_VALUES],
    ],
    [
      'between',
      { value: ['2026-05-01', '2026-05-03'] },
      ['2026-05-01', '2026-05-02T23:59:59Z'],
      ['2026-05-03', '2026-04-30', 5, ...NO_VALUES],
    ],
    [
      'in',
      { period: { kind: 'last', n: 1, unit: 'day' } },
      [NOW, NOW - 1000, String(NOW)],
      [NOW + 1, NOW - 86_400_000, ...NO_VALUES],
    ],
    [
      'in',
      { period: { kind: 'next', n: 3, unit: 'day' } },
      ['2026-10-15', '2026-10-17T09:30:00Z'],
      ['2026-10-14', '2026-10-18', ...NO_VALUES],
    ],
    [
      'in',
      { period: { kind: 'today', zone: 'America/New_York' } },
      ['2026-10-14', '2026-10-14T05:00:00Z'],
      ['2026-10-14T03:00:00Z', '2026-10-15'],
    ],
    ['in', { period: { kind: 'today' }, zone: 'America/New_York' }, ['2026-10-14'], ['2026-10-15']],
    [
      'anniversary',
      { value: { from: 0, to: 0 } },
      ['1990-10-14', '2026-10-14T23:00:00Z'],
      ['1990-10-15', 'x', ...NO_VALUES],
    ],
    [
      'anniversary',
      { value: { from: -3, to: 0 } },
      ['1990-10-11', '1990-10-14'],
      ['1990-10-10', '1990-10-15'],
    ],
    [
      'anniversary',
      { value: { from: 75, to: 80 } },
      ['1990-12-31', '2000-01-01', '1990-12-28'],
      ['1990-12-27', '1990-01-03'],
    ],
    [
      'anniversary',
      { value: { from: -366, to: 366 } },
      ['1990-01-01', '2000-02-29'],
      ['x', ...NO_VALUES],
    ],
    [
      'anniversary',
      { value: { from: 0, to: 0 }, zone: 'Asia/Tokyo' },
      ['1990-10-13T15:00:00Z'],
      ['1990-10-13T14:59:59Z'],
    ],
  ];

  const questions = cases.flatMap(([op, beside, passing, failing]) => [
    ...passing.map((value) => [op, beside, value, true] as const),
    ...failing.map((value) => [op, beside, value, false] as const),
  ]);

  test.each(questions)('%s %j of %j is %s', (op, beside, value, expected) => {
    const params = value === undefined ? {} : { p: value as Json };
    expect(ask(op, beside, params)).toBe(expected);
  });

  test('has cases here', () => {
    expect(new Set(cases.map(([op]) => op))).toEqual(new Set(OPERATOR_NAMES));
  });
});

describe('29 February', () => {
  const leapDay = { p: '2000-02-29' };
  const on = (...[year, month, day]: [number, number, number]) =>
    compileWhere(whereSchema.parse({ param: 'p', op: 'anniversary', value: { from: 0, to: 0 } }))(
      { params: leapDay },
      { ...clock, now: Date.UTC(year, month - 1, day, 12) },
    );

  test('counts as 28 February in common years', () => {
    expect(on(2026, 2, 28)).toBe(true);
    expect(on(2026, 3, 1)).toBe(false);
  });

  test('is itself in leap years', () => {
    expect(on(2028, 2, 29)).toBe(true);
    expect(on(2028, 2, 28)).toBe(false);
  });
});

describe('paths to several elements', () => {
  const params = { items: [{ sku: 'A', price: 5 }, { sku: 'B', price: 50 }, { price: null }] };

  test.each<[OperatorName, string, Beside, boolean]>([
    ['equals', 'items[].sku', { value: 'B' }, true],
    ['equals', 'items[].sku', { value: 'C' }, false],
    ['not_equals', 'items[].sku', { value: 'B' }, false],
    ['not_equals', 'items[].sku', { value: 'C' }, true],
    ['not_equals', 'nothing[].sku', { value: 'C' }, true],
    ['is_set', 'items[].sku', {}, true],
    ['is_empty', 'items[].sku', {}, false],
    ['is_empty', 'items[].colour', {}, true],
    ['greater', 'items[].price', { value: 40 }, true],
    ['greater', 'items[].price', { value: 60 }, false],
    ['none_of', 'items[].sku', { value: ['B', 'C'] }, false],
  ])('%s of %s with %j is %s', (op, param, beside, expected) => {
    expect(ask(op, beside, params, param)).toBe(expected);
  });

  test('two leaves may be satisfied by different elements', () => {
    const where = whereSchema.parse({
      all: [
        { param: 'items[].sku', op: 'equals', value: 'A' },
        { param: 'items[].price', op: 'equals', value: 50 },
      ],
    });
    expect(compileWhere(where)({ params }, clock)).toBe(true);
  });
});

test('negative operators are the complements of operators of the record', () => {
  const all: Operator[] = Object.values(operators);
  for (const { negates } of all.filter(isNegative)) expect(all).toContain(negates);
});

test('records bear the names of their operators', () => {
  for (const [name, operator] of Object.entries(operators)) expect(operator.op).toBe(name);
});
