import { describe, expect, test } from 'vitest';
import { bucketAt, sumIn, weeksBefore } from './buckets.ts';
import { judge, median, watchedShare } from './judge.ts';

const HOUR = 3_600_000;
const usual = { kind: 'usual', tolerance: 4 } as const;

describe('what is usual', () => {
  test.each([
    [[3], 3],
    [[5, 1, 9], 5],
    [[4, 1, 3, 2], 2.5],
  ])('is the median: of %j it is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('is not moved by one strange week', () => {
    const history = [100, 104, 96, 102, 98, 5_000];
    const ground = { threshold: usual, history, watched: 1 };
    expect(judge(60, { ...ground, direction: 'below' })).toMatchObject({
      expected: 101,
      fires: true,
    });
    expect(judge(95, { ...ground, direction: 'below' }).fires).toBe(false);
    expect(judge(150, { ...ground, direction: 'above' }).fires).toBe(true);
  });

  test('of small numbers leaves room for their own chance', () => {
    const ground = { threshold: usual, history: [4, 4, 4, 4, 4, 4], watched: 1 };
    expect(judge(0, { ...ground, direction: 'below' }).fires).toBe(false);
    expect(judge(12, { ...ground, direction: 'above' }).fires).toBe(false);
    expect(judge(13, { ...ground, direction: 'above' }).fires).toBe(true);
  });

  test('is unknown before three weeks', () => {
    const ground = { threshold: usual, direction: 'above', watched: 1 } as const;
    const none = { bound: null, expected: null, fires: false, down: false };
    expect(judge(9_999, { ...ground, history: [1, 1] })).toEqual(none);
  });
});

describe('a time in which the program was down', () => {
  const below = {
    threshold: { kind: 'number', value: 10 },
    direction: 'below',
    history: [],
  } as const;
  test.each([
    [9, 1, true],
    [10, 1, false],
    // In three quarters of the time 9 came: 12 in all.
    [9, 0.75, false],
    [5, 0.75, true],
    // Nothing can be said.
    [0, 0.25, false],
  ])('%s in %s of it', (value, watched, fires) => {
    expect(judge(value, { ...below, watched }).fires).toBe(fires);
  });

  test('hides no number that is too great', () => {
    const above = {
      threshold: { kind: 'number', value: 10 },
      direction: 'above',
      history: [],
    } as const;
    expect(judge(11, { ...above, watched: 0 }).fires).toBe(true);
  });

  test.each([
    [[], 1],
    [[{ from: -HOUR, to: HOUR / 2 }], 0.5],
    [
      [
        { from: 0, to: HOUR / 4 },
        { from: HOUR / 2, to: 9 * HOUR },
      ],
      0.25,
    ],
    [[{ from: HOUR, to: 2 * HOUR }], 1],
  ])('leaves of an hour with gaps %j %s', (gaps, share) => {
    expect(watchedShare({ from: 0, to: HOUR }, gaps)).toBe(share);
  });
});

describe('periods', () => {
  const at = (text: string): number => Date.parse(text);
  const shown = ({ from, to }: { from: number; to: number }): string[] =>
    [from, to].map((instant) => new Date(instant).toISOString());

  test('are hours and days of the zone', () => {
    expect(shown(bucketAt(at('2026-06-01T12:40:00Z'), 'hour', 'Asia/Kolkata'))).toEqual([
      '2026-06-01T12:30:00.000Z',
      '2026-06-01T13:30:00.000Z',
    ]);
    expect(shown(bucketAt(at('2026-06-01T22:00:00Z'), 'day', 'Europe/Kyiv'))).toEqual([
      '2026-06-01T21:00:00.000Z',
      '2026-06-02T21:00:00.000Z',
    ]);
  });

  test('of 23 hours are days too', () => {
    const day = bucketAt(at('2026-03-29T12:00:00Z'), 'day', 'Europe/Kyiv');
    expect(day.to - day.from).toBe(23 * HOUR);
  });

  test('weeks before are at the same time by the clock on the wall', () => {
    const monday = bucketAt(at('2026-03-30T06:00:00Z'), 'hour', 'Europe/Kyiv');
    expect(shown(weeksBefore(monday, 1, 'hour', 'Europe/Kyiv'))[0]).toBe(
      '2026-03-23T07:00:00.000Z',
    );
    expect(shown(weeksBefore(monday, 6, 'day', 'Europe/Kyiv'))[0]).toBe('2026-02-15T22:00:00.000Z');
  });

  test('hold their quarters', () => {
    const quarters = new Map([0, 1, 3, 4].map((n) => [(n * HOUR) / 4, 10 ** n]));
    expect(sumIn(quarters, { from: 0, to: HOUR })).toBe(1_011);
  });
});
