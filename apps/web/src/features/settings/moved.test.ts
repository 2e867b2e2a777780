import { expect, test } from 'vitest';
import { moved } from './moved.ts';

const row = (id: string, position: number) => ({ id, position });

test('two neighbours change places, and nobody else', () => {
  const rows = [row('a', 0), row('b', 1), row('c', 2)];
  expect(moved(rows, 1, -1)).toEqual([row('b', 0), row('a', 1)]);
  expect(moved(rows, 1, 1)).toEqual([row('c', 1), row('b', 2)]);
});

test('positions with gaps and doubles are put right', () => {
  expect(moved([row('a', 0), row('b', 0), row('c', 9)], 2, -1)).toEqual([row('c', 1), row('b', 2)]);
});
