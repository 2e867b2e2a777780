import { expect, test } from 'vitest';
import { boundsOf, kindOfNode, seenBy } from './explained.ts';

const explained = (values: Record<string, unknown>) => ({
  node: {},
  result: true,
  values,
  sentence: '',
  children: [],
});

test.each([
  [{ language: 1, include: {} }, 'definition'],
  [{ all: [] }, 'all'],
  [{ any: [] }, 'any'],
  [{ not: {} }, 'not'],
  [{ type: 'everyone' }, 'condition'],
  [null, 'condition'],
])('%j is a %s', (node, kind) => {
  expect(kindOfNode(node)).toBe(kind);
});

test('what a condition saw is told, instants as such; bounds and what the tick says are not', () => {
  const seen = seenBy(
    explained({
      count: 2,
      since: '2026-05-01T10:00:00.000Z',
      from: 'x',
      to: null,
      subscribed: true,
    }),
  );
  expect(seen.map(({ key, isInstant }) => [key, isInstant])).toEqual([
    ['count', false],
    ['since', true],
  ]);
});

test('bounds are told together, and only where there are some', () => {
  expect(boundsOf(explained({ count: 2 }))).toBeUndefined();
  expect(boundsOf(explained({ from: 'a', to: null }))).toEqual({ from: 'a', to: null });
});
