import { expect, test } from 'vitest';
import { steadying } from './steady.ts';

test('an element about which nothing changed stays the same object', () => {
  const steady = steadying();
  const node = (id: string, x: number) => ({ id, position: { x, y: 0 }, data: { exits: [id] } });
  const [a, b] = steady([node('a', 0), node('b', 0)]);
  const [again, moved] = steady([node('a', 0), node('b', 5)]);
  expect(again).toBe(a);
  expect(moved).not.toBe(b);
  expect(moved).toEqual(node('b', 5));
  expect(steady([node('b', 5)])[0]).toBe(moved);
});
