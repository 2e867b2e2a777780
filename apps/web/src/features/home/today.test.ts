import { expect, test } from 'vitest';
import { partOfDay, volumeOf } from './today.ts';

const types = [
  { key: 'Opened', system: false, days: [1, 2, 3] },
  { key: 'Bought', system: false, days: [10, 20] },
  { key: 'MessageSent', system: true, days: [5, 5, 5] },
];

test('volumes are added day by day, counted from today', () => {
  expect(volumeOf(types, (type) => !type.system)).toEqual({
    days: [1, 12, 23],
    today: 23,
    total: 36,
  });
});

test('nothing kept is nothing', () => {
  expect(volumeOf(types, () => false)).toEqual({ days: [], today: 0, total: 0 });
});

test.each([
  [4, 'evening'],
  [5, 'morning'],
  [12, 'day'],
  [18, 'evening'],
])('%i o’clock is %s', (hour, part) => {
  expect(partOfDay(hour)).toBe(part);
});
