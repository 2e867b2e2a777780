import { expect, test } from 'vitest';
import { lastDays } from './count-events.ts';
import { DAYS_FOR_DECLINE, findDecline } from './find-decline.ts';

const days = lastDays({
  n: DAYS_FOR_DECLINE,
  now: new Date('2026-06-03T12:00:00Z'),
  zone: 'UTC',
});

/** By how many days ago; 0 is today. */
function volume(counts: Record<number, number>) {
  const list = Array.from({ length: DAYS_FOR_DECLINE }, () => 0);
  for (const [ago, n] of Object.entries(counts)) list[DAYS_FOR_DECLINE - 1 - Number(ago)] = n;
  return { days: list, approximate: false, lastSeenAt: null };
}

test.each<[string, Record<number, number>, object | null]>([
  [
    'less than half of what Tuesdays had',
    { 1: 40, 8: 120, 15: 100, 22: 110, 29: 90 },
    { day: '2026-06-02', count: 40, usual: 105 },
  ],
  ['nothing at all', { 8: 50, 15: 50 }, { day: '2026-06-02', count: 0, usual: 50 }],
  ['half of it', { 1: 50, 8: 100, 15: 100 }, null],
  ['much more on other days', { 1: 50, 2: 900, 3: 900, 8: 60, 15: 60 }, null],
  ['a type that is a week old', { 1: 1, 8: 500 }, null],
  ['few events anyway', { 1: 0, 8: 19, 15: 19, 22: 19 }, null],
  // A month without is no start: the silence of two Tuesdays counts.
  ['a Tuesday that was silent before', { 1: 10, 8: 0, 15: 0, 22: 90, 29: 90 }, { usual: 45 }],
  ['no events', {}, null],
])('of %s', (_, counts, decline) => {
  const found = findDecline('OrderPaid', days, volume(counts));
  if (decline === null) expect(found).toBeNull();
  else expect(found).toMatchObject(decline);
});

test('what the program writes itself is not expected to come', () => {
  const fewer = volume({ 1: 40, 8: 120, 15: 100 });
  expect(findDecline('OrderPaid', days, fewer)).not.toBeNull();
  expect(findDecline('ContactCreated', days, fewer)).toBeNull();
});
