import { compileWhere, type JsonObject, type Where } from '@perennial/conditions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWhere, sizeOf, withWhere, writeWhere } from './where.ts';

const is = (param: string, value: number) => ({ param, op: 'equals', value });

test.each<[string, JsonObject, JsonObject]>([
  ['one comparison', is('a', 1), is('a', 1)],
  ['all', { all: [is('a', 1), is('b', 2)] }, { all: [is('a', 1), is('b', 2)] }],
  ['a negation', { not: is('a', 1) }, { not: is('a', 1) }],
  ['not not', { not: { not: is('a', 1) } }, is('a', 1)],
  [
    'nested groups',
    { any: [is('a', 1), { not: { all: [is('b', 2), { any: [is('c', 3)] }] } }] },
    { any: [is('a', 1), { not: { all: [is('b', 2), { any: [is('c', 3)] }] } }] },
  ],
])('%s', (_case, where, again) => {
  expect(writeWhere(readWhere(where))).toEqual(again);
});

test('a filter without rows is none, and rows are counted', () => {
  const condition = { type: 'event', event: 'E', where: is('a', 1) };
  expect(withWhere(condition, readWhere(undefined))).toEqual({ type: 'event', event: 'E' });
  expect(sizeOf(readWhere({ any: [is('a', 1), { all: [is('b', 1), is('c', 1)] }] }))).toBe(3);
});

const leaf = fc.record({
  param: fc.constantFrom('a', 'b', 'c'),
  op: fc.constant('equals'),
  value: fc.nat(1),
});
const anyWhere = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree as fc.Arbitrary<JsonObject>;

test('any filter lets the same events pass after reading and writing', () => {
  const params = fc.record({ a: fc.nat(1), b: fc.nat(1), c: fc.nat(1) });
  const clock = { now: 0, workspaceZone: 'UTC' };
  fc.assert(
    fc.property(anyWhere, params, (where, of) => {
      const passes = (filter: JsonObject | undefined) =>
        filter === undefined || compileWhere(filter as unknown as Where)({ params: of }, clock);
      expect(passes(writeWhere(readWhere(where)))).toBe(passes(where));
    }),
    { numRuns: 1000 },
  );
});
