import { describe, expect, test } from 'vitest';
import { isClear } from './is-clear.ts';
import { wilsonInterval } from './wilson-interval.ts';

describe('an interval', () => {
  // Newcombe 1998, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i among %i is as published', (did, sent, low, high) => {
    const found = wilsonInterval(did, sent);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  test('of nothing is everything', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('a difference', () => {
  test.each([
    [
      'great enough',
      [
        [1000, 200],
        [1000, 300],
      ],
      1,
      true,
    ],
    [
      'too small',
      [
        [1000, 200],
        [1000, 220],
      ],
      1,
      false,
    ],
    [
      'of too few',
      [
        [10, 1],
        [10, 4],
      ],
      1,
      false,
    ],
    [
      'none',
      [
        [1000, 200],
        [1000, 200],
      ],
      0,
      false,
    ],
    [
      'to one of three only',
      [
        [1000, 200],
        [1000, 300],
        [1000, 295],
      ],
      1,
      false,
    ],
    [
      'that would do for two, of eight',
      [[1000, 200], [1000, 242], ...Array.from({ length: 6 }, () => [1000, 200])],
      1,
      false,
    ],
    [
      'of nothing sent',
      [
        [0, 0],
        [100, 50],
      ],
      1,
      false,
    ],
  ])('that is %s is told as it is', (_, counts, best, clear) => {
    const tested = counts.map(([sent = 0, did = 0]) => ({ sent, did }));
    expect(isClear(tested, best)).toBe(clear);
  });

  test('that does for two alone is not claimed of eight', () => {
    expect(
      isClear(
        [
          { sent: 1000, did: 200 },
          { sent: 1000, did: 242 },
        ],
        1,
      ),
    ).toBe(true);
  });
});
