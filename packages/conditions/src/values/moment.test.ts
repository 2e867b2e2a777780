import { describe, expect, test } from 'vitest';
import { instantText } from '../time/instant-text.ts';
import { dayText } from '../time/day.ts';
import { momentDay, momentInstant, readMoment } from './moment.ts';
import type { Json } from '../json.ts';

function instantIn(zone: string, value: Json): string | undefined {
  const moment = readMoment(value);
  return moment && instantText(momentInstant(moment, zone));
}

function dayIn(zone: string, value: Json): string | undefined {
  const moment = readMoment(value);
  return moment && dayText(momentDay(moment, zone));
}

describe('instants', () => {
  test.each([
    ['a day in UTC', 'UTC', '2026-05-01', '2026-05-01T00:00:00.000Z'],
    ['a day in Kyiv', 'Europe/Kyiv', '2026-05-01', '2026-04-30T21:00:00.000Z'],
    ['an instant', 'Europe/Kyiv', '2026-05-01T09:30:00Z', '2026-05-01T09:30:00.000Z'],
    ['an offset', 'UTC', '2026-05-01T09:30:00+03:00', '2026-05-01T06:30:00.000Z'],
    ['an offset without colon', 'UTC', '2026-05-01T09:30:00-0330', '2026-05-01T13:00:00.000Z'],
    ['an offset of hours', 'UTC', '2026-05-01 09:30+02', '2026-05-01T07:30:00.000Z'],
    ['a local time', 'Europe/Kyiv', '2026-05-01T09:30', '2026-05-01T06:30:00.000Z'],
    ['a local time with a blank', 'Europe/Kyiv', '2026-05-01 09:30:15', '2026-05-01T06:30:15.000Z'],
    [
      'more than milliseconds, cut',
      'UTC',
      '2026-05-01T00:00:00.9999999Z',
      '2026-05-01T00:00:00.999Z',
    ],
    ['one digit of fraction', 'UTC', '2026-05-01T00:00:00.5Z', '2026-05-01T00:00:00.500Z'],
    ['epoch milliseconds', 'UTC', 1_700_000_000_123, '2023-11-14T22:13:20.123Z'],
    ['epoch milliseconds with a fraction', 'UTC', 1_700_000_000_123.9, '2023-11-14T22:13:20.123Z'],
    ['epoch milliseconds before 1970', 'UTC', -1.5, '1969-12-31T23:59:59.998Z'],
    ['13 digits', 'UTC', '1700000000123', '2023-11-14T22:13:20.123Z'],
    ['12 digits', 'UTC', '999999999999', '2001-09-09T01:46:39.999Z'],
    ['a skipped local time', 'Europe/Kyiv', '2024-03-31T03:30', '2024-03-31T01:00:00.000Z'],
    ['a repeated local time', 'Europe/Kyiv', '2024-10-27T03:30', '2024-10-27T00:30:00.000Z'],
    ['the first year', 'UTC', '0001-01-01', '0001-01-01T00:00:00.000Z'],
    ['29 February of a leap year', 'UTC', '2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%s', (_case, zone, value, instant) => {
    expect(instantIn(zone, value)).toBe(instant);
  });

  test.each([
    '2023-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-05-32',
    '0000-01-01',
    '99999-01-01',
    '2026-05-01T24:00',
    '2026-05-01T09:60',
    '2026-05-01T09:30:60Z',
    '2026-5-1',
    '26-05-01',
    '2026-05-01T',
    '2026-05-01Z',
    '2026-05-01T09:30+25:00',
    '01.05.2026',
    'today',
    '',
    '17000000001',
    '17000000001234',
    9e15,
    -9e15,
    true,
    null,
    [],
    {},
  ])('%j is no date', (value) => {
    expect(readMoment(value)).toBeUndefined();
  });
});

describe('days', () => {
  test.each([
    ['a day is that day in any zone', 'Pacific/Kiritimati', '2026-05-01', '2026-05-01'],
    ['an instant, west', 'America/New_York', '2026-05-01T03:00:00Z', '2026-04-30'],
    ['an instant, east', 'Asia/Tokyo', '2026-05-01T16:00:00Z', '2026-05-02'],
    ['a local time', 'Asia/Tokyo', '2026-05-01T00:00', '2026-05-01'],
  ])('%s', (_case, zone, value, day) => {
    expect(dayIn(zone, value)).toBe(day);
  });
});
