import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePath, pathOf } from './parse-path.ts';
import { type PathStep, pathText } from './path.ts';
import { valuesAt } from './read-path.ts';

const event = {
  key: 'order-1',
  source: 'sdk',
  context: { device: { type: 'ios' } },
  params: {
    cart: { total: 12.5, 'a.b': 1, 'we "say"': 2 },
    items: [{ sku: 'A', price: 5, tags: ['x', 'y'] }, { sku: 'B', price: 0 }, 'loose', null],
    'a.b': 'dotted',
    $key: 'a parameter of that name',
    'two words': 7,
    empty: [],
    nothing: null,
    '': 'no name',
  },
};

describe('what paths lead to', () => {
  test.each<[string, unknown[]]>([
    ['cart.total', [12.5]],
    ['cart["total"]', [12.5]],
    ['["cart"].total', [12.5]],
    ['cart["a.b"]', [1]],
    ['cart["we \\"say\\""]', [2]],
    ['["a.b"]', ['dotted']],
    ['two words', [7]],
    ['[""]', ['no name']],
    ['items[0].sku', ['A']],
    ['items[1].price', [0]],
    ['items[].price', [5, 0]],
    ['items[].tags[]', ['x', 'y']],
    ['items[].tags', [['x', 'y']]],
    ['items[2]', ['loose']],
    ['items[]', event.params.items],
    ['items[9].sku', []],
    ['items.0', []],
    ['items.length', []],
    ['cart[]', []],
    ['cart[0]', []],
    ['empty[]', []],
    ['nothing', [null]],
    ['nothing.more', []],
    ['missing', []],
    ['Cart.total', []],
    ['toString', []],
    ['__proto__', []],
    ['constructor.name', []],
    ['$key', ['order-1']],
    ['["$key"]', ['a parameter of that name']],
    ['$source', ['sdk']],
    ['$context.device.type', ['ios']],
  ])('%s', (path, values) => {
    expect(valuesAt(pathOf(path), event)).toEqual(values);
  });

  test('a parameter named __proto__ is one like any other', () => {
    const params = JSON.parse('{"__proto__": {"x": 1}}') as typeof event.params;
    expect(valuesAt(pathOf('__proto__.x'), { params })).toEqual([1]);
  });

  test('an event without key and context has no value there', () => {
    expect(valuesAt(pathOf('$key'), { params: {} })).toEqual([]);
    expect(valuesAt(pathOf('$context.device'), { params: {}, context: null })).toEqual([]);
  });
});

describe('refusals', () => {
  test.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'a[',
    'a]',
    'a[-1]',
    'a[1.5]',
    'a[x]',
    'a["b]',
    "a['b']",
    'a"b',
    '[0].a',
    '[].a',
    'a.[0]',
    'a.["b"]',
    'a["b"]c',
    'a[0]b',
    'a[9999999999]',
    'a["\\x"]',
    '$key.a',
    '$source[0]',
    '$context',
    '$contact.email',
    '$',
    '$params.a',
  ])('%j', (path) => {
    expect(parsePath(path)).toMatchObject({ ok: false });
  });
});

test('a path written out leads the same way', () => {
  const step = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((key): PathStep => ({ kind: 'key', key })),
    fc.nat(999).map((index): PathStep => ({ kind: 'index', index })),
    fc.constant<PathStep>({ kind: 'each' }),
  );
  const first = fc.string().map((key): PathStep => ({ kind: 'key', key }));
  fc.assert(
    fc.property(first, fc.array(step), (head, tail) => {
      const steps = [head, ...tail];
      const path = { root: 'params' as const, steps, many: steps.some((s) => s.kind === 'each') };
      expect(parsePath(pathText(path))).toEqual({ ok: true, path });
    }),
  );
});
