import { expect, test } from 'vitest';
import { sameJson } from './same-json.ts';

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1, b: null }, { a: 1 }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ a: undefined }, { b: undefined }, true],
  ['1', 1, false],
])('%j and %j say the same: %j', (one, other, same) => {
  expect(sameJson(one, other)).toBe(same);
});
