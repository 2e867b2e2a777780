import { expect, test } from 'vitest';
import { createTurns, type Turn, type Turns } from './turns.ts';

const SLOTS = 64;

interface Left {
  queued: boolean;
  more: boolean;
  now?: number;
  /** Slots that somebody else has. */
  held?: number[];
}

/** What the next turns do, as if each left so much due. */
function does(turns: Turns, count: number, { queued, more, now = 0, held = [] }: Left): string[] {
  return Array.from({ length: count }, () => {
    const turn = turns.next({ queued, now });
    if (!turn) return 'waits';
    turns.did(turn, { owned: ownedOf(turn, held), more });
    return `${turn.does} ${turn.claim.first}+${turn.claim.limit}`;
  });
}

/** As the database locks them: free ones from the first on. */
function ownedOf({ claim: { first, limit } }: Turn, held: number[]): number[] {
  return Array.from({ length: SLOTS }, (_, n) => (first + n) % SLOTS)
    .filter((slot) => !held.includes(slot))
    .slice(0, limit);
}

const firstWorker = (): Turns => createTurns({ slots: SLOTS, of: 2, index: 0 });
const lastWorker = (): Turns => createTurns({ slots: SLOTS, of: 2, index: 1 });

test('shares of the slots come one after the other, from the own one', () => {
  expect(does(lastWorker(), 3, { queued: true, more: false })).toEqual([
    'everything 32+32',
    'everything 0+32',
    'everything 32+32',
  ]);
});

test('what stays due batch after batch is a crowd: items and it take turns, over all slots', () => {
  const turns = firstWorker();
  does(turns, 3, { queued: true, more: true });
  expect(turns.isCrowded()).toBe(true);
  expect(does(turns, 5, { queued: true, more: true })).toEqual([
    'due 32+8',
    'items 32+48',
    'due 40+8',
    'items 0+48',
    'due 48+8',
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
  expect(turns.next({ queued: false, now: 0 })).toEqual({
    does: 'due',
    claim: { first: 32, limit: 8 },
    besideItems: false,
  });
});

test('the last worker is free for items that are expected, and follows the crowd once a second', () => {
  const turns = lastWorker();
  does(turns, 3, { queued: true, more: true });
  expect(does(turns, 2, { queued: true, more: true })).toEqual(['items 0+48', 'items 32+48']);
  expect(does(turns, 2, { queued: false, more: true, now: 400 })).toEqual(['waits', 'waits']);
  does(turns, 1, { queued: true, more: true, now: 800 });
  expect(does(turns, 2, { queued: true, more: true, now: 1000 })).toEqual([
    'due 0+8',
    'items 32+48',
  ]);
});

test('the last worker follows the crowd when no items have come for a while', () => {
  const turns = lastWorker();
  does(turns, 4, { queued: true, more: true });
  expect(does(turns, 1, { queued: false, more: true, now: 499 })).toEqual(['waits']);
  expect(does(turns, 2, { queued: false, more: true, now: 500 })).toEqual(['due 0+8', 'due 8+8']);
});

test('a single worker gives items and a crowd their turns', () => {
  const turns = createTurns({ slots: SLOTS, of: 1, index: 0 });
  does(turns, 3, { queued: true, more: true });
  expect(does(turns, 2, { queued: true, more: true })).toEqual(['due 0+8', 'items 0+48']);
});

test('a round that leaves nothing due in any slot ends a crowd', () => {
  const turns = firstWorker();
  does(turns, 3, { queued: false, more: true });
  does(turns, 7, { queued: false, more: false });
  expect(turns.isCrowded()).toBe(true);
  does(turns, 1, { queued: false, more: false });
  expect(turns.isCrowded()).toBe(false);
});

test('slots that somebody else has are not taken for empty', () => {
  const turns = firstWorker();
  const all = Array.from({ length: SLOTS }, (_, slot) => slot);
  does(turns, 3, { queued: false, more: true });
  does(turns, 20, { queued: false, more: false, held: all });
  expect(turns.isCrowded()).toBe(true);
  does(turns, 16, { queued: false, more: false, held: [5] });
  expect(turns.isCrowded()).toBe(true);
  does(turns, 8, { queued: false, more: false });
  expect(turns.isCrowded()).toBe(false);
});

test('a crowd whose batch left nothing is looked for again, and ends when nothing is due', () => {
  const turns = firstWorker();
  expect(turns.leftDue()).toBe(false);
  does(turns, 3, { queued: false, more: true });
  expect(turns.leftDue()).toBe(true);
  does(turns, 1, { queued: false, more: false });
  expect(turns.leftDue()).toBe(false);
  expect(turns.isCrowded()).toBe(true);
  turns.calm();
  expect(does(turns, 1, { queued: false, more: false })).toEqual(['everything 32+32']);
});

test('who got no slots, or is spared and found its items in the slots of another, rests', () => {
  const items: Turn = { does: 'items', claim: { first: 0, limit: 48 }, besideItems: true };
  expect(firstWorker().goesOn(items, { owned: [1] })).toBe(true);
  expect(firstWorker().goesOn(items, { owned: [] })).toBe(false);
  expect(lastWorker().goesOn(items, { owned: [1] })).toBe(false);
  expect(lastWorker().goesOn({ ...items, does: 'due' }, { owned: [1] })).toBe(true);
});

test('beside a crowd marks are advanced now and then', () => {
  const turns = firstWorker();
  expect([0, 10, 20].map(turns.mayAdvance)).toEqual([true, true, true]);
  does(turns, 3, { queued: true, more: true });
  expect([100, 219, 220, 300].map(turns.mayAdvance)).toEqual([false, false, true, false]);
});
