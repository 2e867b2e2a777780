import { expect, test } from 'vitest';
import { FEWEST_SENT, pickWinner } from './pick-winner.ts';

const few = FEWEST_SENT - 1;

test.each([
  [
    'the greater rate, not the greater number',
    [
      [1000, 100],
      [100, 11],
    ],
    1,
    'rate',
  ],
  [
    'the first where it is the greatest',
    [
      [100, 12],
      [100, 11],
      [100, 3],
    ],
    0,
    'rate',
  ],
  [
    'the first of those that are equal',
    [
      [100, 1],
      [200, 20],
      [100, 10],
    ],
    1,
    'tie',
  ],
  [
    'the first where all are equal',
    [
      [100, 5],
      [100, 5],
    ],
    0,
    'tie',
  ],
  [
    'the first where nobody did anything',
    [
      [100, 0],
      [100, 0],
    ],
    0,
    'too_little',
  ],
  [
    'the first where one was sent to too few',
    [
      [100, 1],
      [few, few],
    ],
    0,
    'too_little',
  ],
  [
    'the first where nothing was sent',
    [
      [0, 0],
      [0, 0],
    ],
    0,
    'too_little',
  ],
  [
    'at the least number that counts',
    [
      [FEWEST_SENT, 1],
      [FEWEST_SENT, 2],
    ],
    1,
    'rate',
  ],
] as const)('the winner is %s', (_, counts, winner, how) => {
  const tested = counts.map(([sent, did]) => ({ sent, did }));
  expect(pickWinner(tested)).toEqual({ winner, how });
});
