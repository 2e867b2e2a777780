import { checkNode, fieldCatalogue, type FieldType, type JsonObject } from '@perennial/conditions';
import { describe, expect, test } from 'vitest';
import { isDay, shiftDay } from './days.ts';
import { measureOf, withMeasureKind, withThreshold, MEASURE_KINDS } from './measure.ts';
import { PERIOD_KINDS, periodKindsOf, withPeriodKind } from './period.ts';
import {
  inputOf,
  kindOf,
  listFrom,
  operatorsOf,
  startPredicate,
  withKind,
  withOperator,
} from './predicate.ts';
import type { Subject, ValueKind } from './subject.ts';

const TYPES: Record<Exclude<ValueKind, 'version'>, FieldType> = {
  text: 'text',
  number: 'decimal',
  boolean: 'boolean',
  moment: 'date',
  list: 'multiple_choice',
};
const fields = fieldCatalogue(TYPES);

const SAMPLES: Record<
  Exclude<ValueKind, 'version'>,
  [string | number | boolean, string | number]
> = {
  text: ['a', 'b'],
  number: [1, 2],
  boolean: [true, 0],
  moment: ['2026-05-01', '2026-05-09'],
  list: ['a', 'b'],
};

/** What a person gives who fills the form in. */
function filled(predicate: JsonObject, kind: Exclude<ValueKind, 'version'>): JsonObject {
  const op = predicate['op'] as never;
  const [low, high] = SAMPLES[kind];
  const input = inputOf(op);
  if (input === 'one') return { ...predicate, value: low };
  if (input === 'two') return { ...predicate, value: [low, high] };
  return input === 'many' ? { ...predicate, value: [low] } : predicate;
}

describe('every operator of a kind, reached from every other, makes a condition that passes', () => {
  test.each(Object.keys(TYPES) as Exclude<ValueKind, 'version'>[])('%s', (kind) => {
    const subject: Subject = { key: `custom.${kind}`, label: kind, kind };
    for (const from of operatorsOf(kind)) {
      const before = filled(withOperator(startPredicate(subject), from, kind), kind);
      for (const to of operatorsOf(kind)) {
        const changed = filled(withOperator(before, to, kind), kind);
        const node = { type: 'field', field: subject.key, ...changed };
        expect(
          checkNode(node, { fields }),
          `${from} to ${to}: ${JSON.stringify(node)}`,
        ).toMatchObject({
          ok: true,
        });
      }
    }
  });
});

describe('what was given stays where it fits', () => {
  test.each<[string, JsonObject, string, JsonObject]>([
    ['one becomes a list', { op: 'equals', value: 'a' }, 'one_of', { op: 'one_of', value: ['a'] }],
    [
      'a list its first',
      { op: 'one_of', value: ['a', 'b'] },
      'contains',
      { op: 'contains', value: 'a' },
    ],
    [
      'case',
      { op: 'equals', value: 'a', ignore_case: true },
      'contains',
      { op: 'contains', value: 'a', ignore_case: true },
    ],
    ['nothing', { op: 'equals', value: 'a', ignore_case: true }, 'is_set', { op: 'is_set' }],
    [
      'a reference',
      { op: 'equals', value: { $event: 'x' } },
      'contains',
      { op: 'contains', value: { $event: 'x' } },
    ],
  ])('%s', (_case, before, op, after) => {
    expect(withOperator(before, op as never, 'text')).toEqual(after);
  });

  test('a date keeps its zone', () => {
    const before = { op: 'before', value: '2026-05-01', zone: 'contact' };
    expect(withOperator(before, 'between', 'moment')).toEqual({
      op: 'between',
      value: ['2026-05-01', null],
      zone: 'contact',
    });
    expect(withOperator(before, 'is_set', 'moment')).toEqual({ op: 'is_set' });
  });
});

describe('parameters are compared as what their values are', () => {
  const subject: Subject = { key: 'p', label: 'p', kind: 'text', anyKind: true };
  test.each<[JsonObject, ValueKind]>([
    [{ op: 'equals', value: 5 }, 'number'],
    [{ op: 'equals', value: 'a' }, 'text'],
    [{ op: 'equals', value: true }, 'boolean'],
    [{ op: 'one_of', value: [1, 2] }, 'number'],
    [{ op: 'between', value: ['2026-01-01', '2026-02-01'] }, 'moment'],
    [{ op: 'between', value: [1, 2] }, 'number'],
    [{ op: 'greater', value: 1 }, 'number'],
    [{ op: 'has_any', value: ['a'] }, 'list'],
    [{ op: 'in', period: { kind: 'today' } }, 'moment'],
    [{ op: 'is_set' }, 'text'],
  ])('%j as %s', (predicate, kind) => {
    expect(kindOf(subject, predicate)).toBe(kind);
  });

  test.each<[JsonObject, ValueKind, JsonObject]>([
    [{ op: 'equals', value: '5' }, 'number', { op: 'equals', value: 5 }],
    [{ op: 'equals', value: 5 }, 'text', { op: 'equals', value: '5' }],
    [{ op: 'contains', value: 'x' }, 'number', { op: 'equals' }],
    [{ op: 'one_of', value: ['1', 'x'] }, 'number', { op: 'one_of', value: [1] }],
    [{ op: 'equals', value: 'true' }, 'boolean', { op: 'equals', value: true }],
    [{ op: 'is_set' }, 'number', { op: 'is_set' }],
  ])('%j as %s', (predicate, kind, again) => {
    expect(withKind(predicate, kind)).toEqual(again);
  });

  test('values of a list keep the type they had', () => {
    expect(listFrom(['5', 'x', '7'], [5, 'x'], 'text')).toEqual([5, 'x', '7']);
    expect(listFrom(['5', '6'], [5], 'number')).toEqual([5, 6]);
  });
});

const event = (rest: object): JsonObject => ({ type: 'event', event: 'E', ...rest });

/** What a person gives who fills the form of a measure in. */
function measured(condition: JsonObject): JsonObject {
  const measure = measureOf(condition);
  if (measure['kind'] === 'first' || measure['kind'] === 'last' || measure['kind'] === 'streak') {
    return condition;
  }
  const needsParam = measure['kind'] !== 'count';
  return {
    ...condition,
    measure: { ...measure, ...(needsParam && { param: 'p' }), value: measure['value'] ?? 5 },
  };
}

test('every measure, reached from every other, makes a condition that passes', () => {
  for (const from of MEASURE_KINDS) {
    for (const to of MEASURE_KINDS) {
      const before = measured(withMeasureKind(event({ period: { kind: 'today' } }), from));
      const node = measured(withMeasureKind(before, to));
      expect(checkNode(node, { fields }), JSON.stringify(node)).toMatchObject({ ok: true });
    }
  }
});

test('every period, reached from every other, makes a condition that passes', () => {
  const ends = { from: '2026-05-01', to: '2026-05-09', at: '2026-05-01' };
  const needed: Record<string, string[]> = {
    between: ['from', 'to'],
    before: ['at'],
    after: ['at'],
  };
  for (const from of periodKindsOf('facts')) {
    for (const to of periodKindsOf('facts')) {
      const before = withPeriodKind({ kind: 'today' }, from, 'facts');
      const period = withPeriodKind(before, to, 'facts');
      const given = Object.fromEntries((needed[to] ?? []).map((key) => [key, ends[key as 'at']]));
      const node = event({ period: { ...period, ...given } });
      expect(checkNode(node, { fields }), JSON.stringify(node)).toMatchObject({ ok: true });
    }
  }
  expect(PERIOD_KINDS.filter((kind) => !periodKindsOf('facts').includes(kind))).toEqual(['next']);
});

test('a streak counts complete units in UTC', () => {
  const period = { kind: 'last', n: 7, unit: 'day' };
  const streak = withMeasureKind(event({ period }), 'streak');
  expect(streak['period']).toEqual({ kind: 'previous', n: 4, unit: 'week' });
  expect(withPeriodKind({ kind: 'today', zone: 'workspace' }, 'previous', 'streak')).toEqual({
    kind: 'previous',
    n: 4,
    unit: 'day',
  });
});

test('a threshold keeps its number', () => {
  const count = { kind: 'count', op: 'equals', value: 3 };
  const between = withThreshold(count, 'between');
  expect(between).toEqual({ kind: 'count', op: 'between', value: [3, null] });
  expect(withThreshold(between, 'less')).toEqual({ kind: 'count', op: 'less', value: 3 });
});

test('days are shifted over months, instants are not', () => {
  expect(shiftDay('2026-02-28', 1)).toBe('2026-03-01');
  expect(shiftDay('2026-02-28T10:00', 1)).toBe('2026-02-28T10:00');
  expect([isDay('2026-02-28'), isDay('2026-02-28T10:00'), isDay(5)]).toEqual([true, false, false]);
});
