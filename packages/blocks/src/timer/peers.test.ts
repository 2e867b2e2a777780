import { describe, expect, test } from 'vitest';
import { nextUntil } from './schedule.ts';

// Cases that other products pin in their own tests, with the right answer where theirs is wrong.

const iso = (instant: number): string => new Date(instant).toISOString().replace(':00.000Z', 'Z');
const time = (text: string): number => {
  const [hour, minute] = text.split(':').map(Number) as [number, number];
  return (hour * 60 + minute) * 60_000;
};

describe('until a time of day, on Tuesday 19 December 2023, 23:00:12 UTC', () => {
  const now = Date.parse('2023-12-19T23:00:12Z');
  test.each<[string, string, string, readonly number[] | undefined, string]>([
    ['later the same local day', 'America/Los_Angeles', '20:00', undefined, '2023-12-20T04:00Z'],
    ['the next local day', 'Asia/Tokyo', '05:00', undefined, '2023-12-20T20:00Z'],
    // The weekday is the contact's: it is Wednesday in Tokyo already, so Thursday is tomorrow there.
    ['a weekday of the zone', 'Asia/Tokyo', '05:00', [4], '2023-12-20T20:00Z'],
    ['New York', 'America/New_York', '08:00', undefined, '2023-12-20T13:00Z'],
    [
      'Los Angeles, the next morning',
      'America/Los_Angeles',
      '08:00',
      undefined,
      '2023-12-20T16:00Z',
    ],
    // It is 08:00:12 in Tokyo: today's 08:00 is twelve seconds past.
    ['just missed', 'Asia/Tokyo', '08:00', undefined, '2023-12-20T23:00Z'],
    ['no zone at all', 'UTC', '08:00', undefined, '2023-12-20T08:00Z'],
    ['the minute is the wished one', 'UTC', '20:00', undefined, '2023-12-20T20:00Z'],
  ])('%s: %s at %s', (_name, zone, at, weekdays, expected) => {
    expect(iso(nextUntil(now, { zone, time: time(at), weekdays }))).toBe(expected);
  });
});

describe('until a time of day beyond a change of the clocks', () => {
  test.each([
    ['Europe, spring', '2024-03-30T12:00:00Z', 'Europe/Berlin', '09:00', '2024-03-31T07:00Z'],
    ['New York, autumn', '2024-11-02T20:00:00Z', 'America/New_York', '09:00', '2024-11-03T14:00Z'],
    [
      'the same wall-clock hour',
      '2021-11-06T22:00:00Z',
      'America/New_York',
      '17:00',
      '2021-11-07T22:00Z',
    ],
  ])('%s', (_name, from, zone, at, expected) => {
    expect(iso(nextUntil(Date.parse(from), { zone, time: time(at) }))).toBe(expected);
  });
});

describe('until a weekday, on Wednesday 1 January 2025, 12:00 UTC', () => {
  const now = Date.parse('2025-01-01T12:00:00Z');
  const saturday = Date.parse('2025-01-04T12:00:00Z');
  test.each<[string, number, readonly number[] | undefined, string | undefined, string]>([
    ['any day, later', now, undefined, '14:00', '2025-01-01T14:00Z'],
    ['any day, past', now, undefined, '09:00', '2025-01-02T09:00Z'],
    ['at its own instant', now, undefined, '12:00', '2025-01-01T12:00Z'],
    ['a working day, from a Saturday', saturday, [1, 2, 3, 4, 5], '09:00', '2025-01-06T09:00Z'],
    ['the weekend, from a Wednesday', now, [6, 7], '09:00', '2025-01-04T09:00Z'],
    ['Monday, Wednesday or Friday, past', now, [1, 3, 5], '09:00', '2025-01-03T09:00Z'],
    ['Monday alone', now, [1], '09:00', '2025-01-06T09:00Z'],
    ['a day without a time: at once on it', now, [3], undefined, '2025-01-01T12:00Z'],
  ])('%s', (_name, from, weekdays, at, expected) => {
    const until = { zone: 'UTC', weekdays, time: at === undefined ? undefined : time(at) };
    expect(iso(nextUntil(from, until))).toBe(expected);
  });

  test.each([
    ['New York in winter', 'America/New_York', '2025-01-01T12:00:00Z', '2025-01-01T14:00Z'],
    ['New York in July', 'America/New_York', '2025-07-01T12:00:00Z', '2025-07-01T13:00Z'],
    ['Tokyo, the next local day', 'Asia/Tokyo', '2025-01-01T12:00:00Z', '2025-01-02T00:00Z'],
  ])('09:00 in %s', (_name, zone, from, expected) => {
    expect(iso(nextUntil(Date.parse(from), { zone, time: time('09:00') }))).toBe(expected);
  });
});
