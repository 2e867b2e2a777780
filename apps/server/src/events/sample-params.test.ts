import { expect, test } from 'vitest';
import { parsePath } from '@perennial/conditions';
import type { JsonObject } from '../inbox/index.ts';
import { MOST_EXAMPLES, MOST_PATHS, sampleParams, type PathSample } from './sample-params.ts';

function sampled(
  ...events: JsonObject[]
): Record<string, { types: string[]; examples: unknown[] }> {
  const paths = new Map<string, PathSample>();
  for (const params of events) sampleParams(params, paths);
  return Object.fromEntries(
    [...paths].map(([path, { types, examples }]) => [
      path,
      { types: [...types], examples: [...examples].map((text) => JSON.parse(text)) },
    ]),
  );
}

test('paths are those of the segment language, down to the scalars', () => {
  const paths = sampled({
    kind: 'run',
    cart: { total: 9.5, items: [{ sku: 'a' }, { sku: 'b', gift: true }] },
    'a.b': 1,
    tags: ['x', 2],
  });
  expect(paths).toEqual({
    kind: { types: ['string'], examples: ['run'] },
    'cart.total': { types: ['number'], examples: [9.5] },
    'cart.items[].sku': { types: ['string'], examples: ['a', 'b'] },
    'cart.items[].gift': { types: ['boolean'], examples: [true] },
    '["a.b"]': { types: ['number'], examples: [1] },
    'tags[]': { types: ['string', 'number'], examples: ['x', 2] },
  });
  for (const path of Object.keys(paths)) expect(parsePath(path)).toMatchObject({ path: {} });
});

test('types add up; a null and an empty list are seen too', () => {
  expect(sampled({ a: null, b: [], c: {} }, { a: 1 }, { a: '1' })).toMatchObject({
    a: { types: ['null', 'number', 'string'], examples: [1, '1'] },
    b: { types: ['array'], examples: [] },
    c: { types: ['object'] },
  });
});

test('what is too deep is seen as what it is, and not entered', () => {
  expect(sampled({ a: { b: { c: { d: { e: { f: 1 } } } } } })).toEqual({
    'a.b.c.d.e': { types: ['object'], examples: [] },
  });
});

test('there are never more paths and examples than may be kept', () => {
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`p${n}`, n]));
  expect(Object.keys(sampled(wide))).toHaveLength(MOST_PATHS);
  const many = Array.from({ length: 50 }, (_, n) => ({ n }));
  expect(sampled(...many)['n']!.examples).toHaveLength(MOST_EXAMPLES);
  expect(sampled({ long: 'x'.repeat(5000) })['long']!.examples).toEqual(['x'.repeat(100)]);
});

test('a second sight of the same teaches nothing', () => {
  const paths = new Map<string, PathSample>();
  expect([...sampleParams({ a: 1 }, paths).learned]).toEqual(['a']);
  expect([...sampleParams({ a: 1 }, paths).learned]).toEqual([]);
  expect([...sampleParams({ a: 2 }, paths).learned]).toEqual(['a']);
});
