import { describe, expect, test } from 'vitest';
import { canonicalText } from './canonical.ts';
import { checkNode } from './check/check-definition.ts';
import { workflowConditions } from './conditions/index.ts';
import { fieldCatalogue } from './fields.ts';

const fields = fieldCatalogue({});

function canonical(input: unknown): string {
  const checked = checkNode(input, { fields, types: workflowConditions });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return canonicalText(checked.value, workflowConditions);
}

const a = { type: 'field', field: 'city', op: 'equals', value: 'A' };
const b = { type: 'field', field: 'city', op: 'equals', value: 'B' };
const e = { type: 'event', event: 'E' };

describe('the same text', () => {
  test.each<[string, unknown, unknown]>([
    ['the order of keys', a, { value: 'A', op: 'equals', field: 'city', type: 'field' }],
    ['the order of parts', { all: [a, b] }, { all: [b, a] }],
    ['repeated parts', { any: [a, b, a] }, { any: [b, a] }],
    ['a part by itself', { all: [a] }, a],
    ['parts joined in parts', { all: [a, { all: [b, e] }] }, { all: [e, a, b] }],
    [
      'defaults of events',
      e,
      {
        ...e,
        measure: { kind: 'count', op: 'greater_or_equal', value: 1 },
        period: { kind: 'today', zone: 'UTC' },
      },
    ],
    [
      'zones of rolling periods',
      { ...e, period: { kind: 'last', n: 1, unit: 'day', zone: 'contact' } },
      { ...e, period: { kind: 'last', n: 1, unit: 'day' } },
    ],
    [
      'the order of a list',
      { ...a, op: 'one_of', value: ['A', 'B', 'A'] },
      { ...a, op: 'one_of', value: ['B', 'A'] },
    ],
    [
      'the way a path is written',
      { ...e, where: { param: 'a["b"]', op: 'is_set' } },
      { ...e, where: { param: 'a.b', op: 'is_set' } },
    ],
    [
      'paths of measures',
      { ...e, measure: { kind: 'sum', param: '["a"]', op: 'less', value: 1 } },
      { ...e, measure: { kind: 'sum', param: 'a', op: 'less', value: 1.0 } },
    ],
    ['case that matters by default', { ...a, ignore_case: false }, a],
    [
      'a zone at either place',
      { type: 'field', field: 'birthday', op: 'in', period: { kind: 'today' }, zone: 'contact' },
      { type: 'field', field: 'birthday', op: 'in', period: { kind: 'today', zone: 'contact' } },
    ],
    [
      'the order of filters',
      {
        ...e,
        where: {
          any: [
            { param: 'x', op: 'is_set' },
            { param: 'y', op: 'is_set' },
          ],
        },
      },
      {
        ...e,
        where: {
          any: [
            { param: 'y', op: 'is_set' },
            { param: 'x', op: 'is_set' },
          ],
        },
      },
    ],
    [
      'the order of weekdays',
      { type: 'now', weekdays: [2, 1, 2] },
      { type: 'now', weekdays: [1, 2] },
    ],
  ])('%s', (_case, first, second) => {
    expect(canonical(first)).toBe(canonical(second));
  });
});

describe('another text, UTC written where another zone would be taken', () => {
  const today = (outside: object, inside: object) => ({
    type: 'field',
    field: 'birthday',
    op: 'in',
    period: { kind: 'today', ...inside },
    ...outside,
  });
  const [utc, tokyo] = [{ zone: 'UTC' }, { zone: 'Asia/Tokyo' }];

  test('all four pairs of zones differ', () => {
    const texts = [today(utc, utc), today(utc, tokyo), today(tokyo, utc), today(tokyo, tokyo)];
    expect(new Set(texts.map(canonical)).size).toBe(4);
  });
});

describe('another text', () => {
  test.each<[string, unknown, unknown]>([
    ['values', a, b],
    ['joins', { all: [a, b] }, { any: [a, b] }],
    ['negation', a, { not: a }],
    [
      'the order of ends',
      { ...e, where: { param: 'x', op: 'between', value: [1, 2] } },
      { ...e, where: { param: 'x', op: 'between', value: [1, 3] } },
    ],
    [
      'types of values',
      { ...e, where: { param: 'x', op: 'equals', value: 5 } },
      { ...e, where: { param: 'x', op: 'equals', value: '5' } },
    ],
    ['zones of calendar periods', { ...e, period: { kind: 'today', zone: 'contact' } }, e],
    ['case', { ...a, ignore_case: true }, a],
    [
      '$key and a parameter of that name',
      { ...e, where: { param: '$key', op: 'is_set' } },
      { ...e, where: { param: '["$key"]', op: 'is_set' } },
    ],
  ])('%s', (_case, first, second) => {
    expect(canonical(first)).not.toBe(canonical(second));
  });
});
