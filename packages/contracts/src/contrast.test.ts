import { expect, test } from 'vitest';
import { contrastOf, readableOn } from './contrast.ts';

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  // Examples of WCAG techniques and tools.
  ['#767676', '#ffffff', 4.54],
  ['#ff0000', '#ffffff', 4],
  ['#595959', '#ffffff', 7],
])('%s on %s is %d', (one, other, ratio) => {
  expect(contrastOf(one, other)).toBeCloseTo(ratio, 1);
  expect(contrastOf(other, one)).toBe(contrastOf(one, other));
});

test('on any grey, what is written is at least AA', () => {
  for (let value = 0; value < 256; value += 1) {
    const grey = `#${value.toString(16).padStart(2, '0').repeat(3)}`;
    expect(contrastOf(grey, readableOn(grey))).toBeGreaterThanOrEqual(4.5);
  }
});
