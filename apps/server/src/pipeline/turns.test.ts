import { expect, test } from 'vitest';
import { createTurns, type Turns } from './turns.ts';

/** What the next turns do, as if each left so much due. */
function does(turns: Turns, count: number, left: { queued: boolean; more: boolean }): string[] {
  return Array.from({ length: count }, () => {
    const turn = turns.next({ queued: left.queued });
    turns.did(turn, { more: left.more });
    return `${turn.does} ${turn.claim.first}+${turn.claim.limit}`;
  });
}

const newTurns = (): Turns => createTurns({ slots: 64, of: 2, index: 1 });

test('shares of the slots come one after the other, from the own one', () => {
  expect(does(newTurns(), 3, { queued: true, more: false })).toEqual([
    'everything 32+32',
    'everything 0+32',
    'everything 32+32',
  ]);
});

test('what stays due batch after batch is a crowd: items and it take turns', () => {
  const turns = newTurns();
  does(turns, 6, { queued: true, more: true });
  expect(turns.isCrowded()).toBe(true);
  expect(does(turns, 4, { queued: true, more: true })).toEqual([
    'due 32+8',
    'items 32+48',
    'due 32+8',
    'items 0+48',
  ]);
});

test('a few batches that leave something due are no crowd', () => {
  const turns = newTurns();
  does(turns, 5, { queued: true, more: true });
  does(turns, 1, { queued: true, more: false });
  does(turns, 5, { queued: true, more: true });
  expect(turns.isCrowded()).toBe(false);
});

test('with nothing queued a crowd has every turn, and larger batches', () => {
  const turns = newTurns();
  does(turns, 6, { queued: true, more: true });
  does(turns, 1, { queued: false, more: true });
  expect(turns.next({ queued: false })).toEqual({
    does: 'due',
    claim: { first: 32, limit: 8 },
    besideItems: false,
  });
});

test('a crowd goes on to the next slots, and ends when none of them has more', () => {
  const turns = newTurns();
  does(turns, 6, { queued: false, more: true });
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
