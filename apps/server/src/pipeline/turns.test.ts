import { expect, test } from 'vitest';
import { createTurns, type Turns } from './turns.ts';

interface Left {
  queued: boolean;
  more: boolean;
  now?: number;
}

/** What the next turns do, as if each left so much due. */
function does(turns: Turns, count: number, { queued, more, now = 0 }: Left): string[] {
  return Array.from({ length: count }, () => {
    const turn = turns.next({ queued, now });
    if (!turn) return 'waits';
    turns.did(turn, { more });
    return `${turn.does} ${turn.claim.first}+${turn.claim.limit}`;
  });
}

const firstWorker = (): Turns => createTurns({ slots: 64, of: 2, index: 0 });
const lastWorker = (): Turns => createTurns({ slots: 64, of: 2, index: 1 });

test('shares of the slots come one after the other, from the own one', () => {
  expect(does(lastWorker(), 3, { queued: true, more: false })).toEqual([
    'everything 32+32',
    'everything 0+32',
    'everything 32+32',
  ]);
});

test('what stays due batch after batch is a crowd: items and it take turns', () => {
  const turns = firstWorker();
  does(turns, 3, { queued: true, more: true });
  expect(turns.isCrowded()).toBe(true);
  expect(does(turns, 5, { queued: true, more: true })).toEqual([
    'due 32+8',
    'items 32+48',
    'due 32+8',
    'items 0+48',
    'due 32+8',
  ]);
});

test('a few batches that leave something due are no crowd', () => {
  const turns = firstWorker();
  does(turns, 2, { queued: true, more: true });
  does(turns, 1, { queued: true, more: false });
  does(turns, 2, { queued: true, more: true });
  expect(turns.isCrowded()).toBe(false);
});

test('with no items a crowd has every turn, and larger batches', () => {
  const turns = firstWorker();
  does(turns, 3, { queued: false, more: true });
  does(turns, 1, { queued: false, more: true });
  expect(turns.next({ queued: false, now: 0 })).toEqual({
    does: 'due',
    claim: { first: 32, limit: 8 },
    besideItems: false,
  });
});

test('the last worker is free for items that are expected, and now and then follows the crowd', () => {
  const turns = lastWorker();
  does(turns, 4, { queued: true, more: true });
  expect(does(turns, 2, { queued: true, more: true })).toEqual(['items 0+48', 'items 32+48']);
  expect(does(turns, 18, { queued: false, more: true })).toEqual(Array(18).fill('waits'));
  expect(does(turns, 1, { queued: false, more: true })).toEqual(['due 0+8']);
});

test('the last worker follows the crowd when no items have come for a while', () => {
  const turns = lastWorker();
  does(turns, 4, { queued: true, more: true });
  expect(does(turns, 1, { queued: false, more: true, now: 499 })).toEqual(['waits']);
  expect(does(turns, 1, { queued: false, more: true, now: 500 })).toEqual(['due 0+8']);
});

test('a crowd goes on to the next slots, and ends when none of them has more', () => {
  const turns = firstWorker();
  does(turns, 3, { queued: false, more: true });
  expect(does(turns, 3, { queued: false, more: false })).toEqual([
    'due 32+8',
    'due 40+8',
    'due 48+8',
  ]);
  does(turns, 4, { queued: false, more: false });
  expect(turns.isCrowded()).toBe(true);
  does(turns, 1, { queued: false, more: false });
  expect(turns.isCrowded()).toBe(false);
});

test('beside a crowd marks are advanced now and then', () => {
  const turns = firstWorker();
  expect([0, 10, 20].map(turns.mayAdvance)).toEqual([true, true, true]);
  does(turns, 3, { queued: true, more: true });
  expect([100, 219, 220, 300].map(turns.mayAdvance)).toEqual([false, false, true, false]);
});
