import { expect, test } from 'vitest';
import { ordered } from './ordered.ts';

const stored = {
  first: 'b',
  blocks: {
    a: { type: 'end', exits: {} },
    lost: { type: 'end' },
    b: { exits: { next: 'a' }, wait: { n: 1 }, type: 'timer', note: 'x' },
  },
  extra: 1,
  language: 1,
  start: { type: 'manual' },
};

test('members stand in the order of the language, unknown ones after them', () => {
  expect(Object.keys(ordered(stored))).toEqual(['language', 'start', 'first', 'blocks', 'extra']);
});

test('blocks stand as a run meets them, unreachable ones last', () => {
  expect(Object.keys(ordered(stored).blocks as object)).toEqual(['b', 'a', 'lost']);
});

test('a block begins with its kind and ends with what the canvas adds', () => {
  const { b } = ordered(stored).blocks as Record<string, object>;
  expect(Object.keys(b!)).toEqual(['type', 'wait', 'exits', 'note']);
});

test('nothing is lost or added', () => {
  expect(ordered(stored)).toEqual(stored);
  const loop = { first: 'a', blocks: { a: { exits: { next: 'a' } } } };
  expect(ordered(loop)).toEqual(loop);
  expect(ordered({ blocks: 3 })).toEqual({ blocks: 3 });
});
