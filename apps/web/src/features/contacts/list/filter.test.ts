import { describe, expect, test } from 'vitest';
import { conditionsOf, filterOf } from './filter.ts';

const a = { type: 'field', field: 'city', op: 'is_set' };
const b = { not: { type: 'segment', segment: '7' } };

describe('a filter in the address', () => {
  test('is the conditions that it was made of', () => {
    for (const conditions of [[], [a], [a, b]]) {
      expect(conditionsOf(filterOf(conditions))).toEqual(conditions);
    }
  });

  test('that somebody typed wrong is none', () => {
    for (const text of ['{', '[]', '"all"', 'null']) expect(conditionsOf(text)).toEqual([]);
  });

  test('that the chips cannot take apart is one of them', () => {
    const any = { any: [a, b] };
    expect(conditionsOf(JSON.stringify(any))).toEqual([any]);
  });
});
