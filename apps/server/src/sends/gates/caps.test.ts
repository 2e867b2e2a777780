import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replayRule } from '../rules/replay-rule.ts';
import { countAround, firstFit, fitsAt, type Cap } from './caps.ts';

const HOUR = 3_600_000;
const rolling = (most: number, ms: number): Cap => ({ most, window: { ms } });
const calendar = (most: number, unit: 'day' | 'week' | 'month', zone = 'UTC'): Cap => ({
  most,
  window: { unit, zone },
});
const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString();

describe('one more message', () => {
  test.each<[string, number[], number, Cap, number]>([
    ['fits where nothing was', [], 0, rolling(1, 10), 0],
    ['does not fit within the window', [0], 9, rolling(1, 10), 10],
    ['fits exactly a window later', [0], 10, rolling(1, 10), 10],
    ['waits for the oldest to leave the window', [0, 4], 5, rolling(2, 10), 10],
    ['waits for as many as are too many', [0, 1, 2], 5, rolling(1, 10), 12],
    ['does not push out one that comes after it', [15], 10, rolling(1, 10), 25],
    ['fits between two that are far enough', [0, 20], 10, rolling(1, 10), 10],
    ['does not fit if a window around it would be full', [0, 9], 5, rolling(2, 10), 10],
    ['fits among those before and after if no window is full', [0, 12], 6, rolling(2, 10), 6],
  ])('%s', (_name, instants, instant, cap, expected) => {
    expect(firstFit(instants, instant, cap)).toBe(expected);
    expect(fitsAt(instants, instant, cap)).toBe(expected === instant);
  });

  test.each<[string, string[], string, Cap, string]>([
    [
      'waits for the next day',
      ['2026-03-01T08:00Z'],
      '2026-03-01T09:00Z',
      calendar(1, 'day'),
      '2026-03-02T00:00:00.000Z',
    ],
    [
      'fits on the next day, minutes later',
      ['2026-03-01T23:59Z'],
      '2026-03-02T00:00Z',
      calendar(1, 'day'),
      '2026-03-02T00:00:00.000Z',
    ],
    [
      'waits for Monday',
      ['2026-03-04T08:00Z'],
      '2026-03-05T09:00Z',
      calendar(1, 'week'),
      '2026-03-09T00:00:00.000Z',
    ],
    [
      'waits for the next month',
      ['2026-01-31T08:00Z'],
      '2026-01-31T09:00Z',
      calendar(1, 'month'),
      '2026-02-01T00:00:00.000Z',
    ],
    [
      'waits for midnight of its zone',
      ['2026-03-01T08:00Z'],
      '2026-03-01T09:00Z',
      calendar(1, 'day', 'Pacific/Kiritimati'),
      '2026-03-01T10:00:00.000Z',
    ],
    [
      'waits for midnight at UTC-12',
      ['2026-03-01T12:30Z'],
      '2026-03-01T13:00Z',
      calendar(1, 'day', 'Etc/GMT+12'),
      '2026-03-02T12:00:00.000Z',
    ],
    [
      'has a day of 23 hours',
      ['2026-03-29T00:30Z'],
      '2026-03-29T12:00Z',
      calendar(1, 'day', 'Europe/Berlin'),
      '2026-03-29T22:00:00.000Z',
    ],
    [
      'has a day of 25 hours',
      ['2026-10-24T22:30Z'],
      '2026-10-25T22:30Z',
      calendar(1, 'day', 'Europe/Berlin'),
      '2026-10-25T23:00:00.000Z',
    ],
    [
      'skips a day that is full already',
      ['2026-03-01T08:00Z', '2026-03-02T08:00Z'],
      '2026-03-01T09:00Z',
      calendar(1, 'day'),
      '2026-03-03T00:00:00.000Z',
    ],
  ])('%s', (_name, instants, instant, cap, expected) => {
    expect(iso(firstFit(instants.map(at), at(instant), cap))).toBe(expected);
  });

  test('fits exactly when counting every window says so, and not before the first instant found', () => {
    const instants = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 20 }),
        (there, instant, most, ms) => {
          const cap = rolling(most, ms);
          // The slow way: every window of whole numbers that holds the instant.
          const fits = (x: number): boolean =>
            Array.from({ length: ms }, (_, i) => x + i).every(
              (end) => there.filter((one) => one > end - ms && one <= end).length < most,
            );
          expect(fitsAt(there, instant, cap)).toBe(fits(instant));
          const found = firstFit(there, instant, cap);
          expect(fits(found)).toBe(true);
          for (let x = instant; x < found; x += 1) expect(fits(x)).toBe(false);
        },
      ),
    );
  });

  test('is counted in the fullest window that it would be in', () => {
    expect(countAround([0, 5, 9], 5, { ms: 10 })).toBe(3);
    expect(countAround([0, 5, 12], 6, { ms: 10 })).toBe(2);
    expect(countAround([], 6, { ms: 10 })).toBe(0);
  });
});

describe('a rule that had been there', () => {
  const sent = (hours: number[], transactional: number[] = []) =>
    hours.map((hour) => ({ at: hour * HOUR, transactional: transactional.includes(hour) }));

  test.each<[string, ReturnType<typeof sent>, Cap, number, number]>([
    ['keeps back what does not fit', sent([1, 2, 3]), rolling(1, 24 * HOUR), 0, 2],
    ['does not count what it kept back', sent([1, 5, 26]), rolling(1, 24 * HOUR), 0, 1],
    ['counts what left before, and keeps it', sent([1, 2, 3]), rolling(1, 24 * HOUR), 2 * HOUR, 1],
    [
      'never keeps transactional ones, and counts them',
      sent([1, 2, 3], [1, 2]),
      rolling(2, 24 * HOUR),
      0,
      1,
    ],
  ])('%s', (_name, past, cap, since, expected) => {
    expect(replayRule(past, { cap, since })).toBe(expected);
  });
});
