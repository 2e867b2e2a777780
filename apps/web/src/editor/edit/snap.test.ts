import { expect, test } from 'vitest';
import { snap } from './snap.ts';

const others = [
  { x: 0, y: 0 },
  { x: 5, y: 400 },
];

test('a block is pulled to the nearest column and row, each by itself', () => {
  expect(snap({ x: 4, y: 200 }, others)).toEqual({ place: { x: 5, y: 200 }, x: 5, y: null });
  expect(snap({ x: 300, y: 393 }, others)).toEqual({ place: { x: 300, y: 400 }, x: null, y: 400 });
});

test('far from all others it goes where it is dragged', () => {
  expect(snap({ x: 100, y: 100 }, others)).toEqual({ place: { x: 100, y: 100 }, x: null, y: null });
});
