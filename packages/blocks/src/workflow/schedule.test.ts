import { describe, expect, test } from 'vitest';
import { lastOccurrence, nextOccurrence, scheduleSchema } from './schedule.ts';

const iso = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString().replace(':00.000Z', 'Z');

function next(schedule: object, after: string, zone = 'UTC'): string | undefined {
  return iso(nextOccurrence(scheduleSchema.parse(schedule), Date.parse(after), zone));
}

describe('the next time of a schedule', () => {
  // 1 June 2026 is a Monday.
  test.each<[string, object, string, string | undefined, string?]>([
    ['later today', { every: 'day', at: '13:00' }, '2026-06-01T12:00Z', '2026-06-01T13:00Z'],
    [
      'not at its own instant',
      { every: 'day', at: '12:00' },
      '2026-06-01T12:00Z',
      '2026-06-02T12:00Z',
    ],
    [
      'in its zone',
      { every: 'day', at: '09:00' },
      '2026-06-01T12:00Z',
      '2026-06-02T06:00Z',
      'Europe/Kyiv',
    ],
    [
      'on these days alone',
      { every: 'day', at: '09:00', days: [6, 7] },
      '2026-06-01T12:00Z',
      '2026-06-06T09:00Z',
    ],
    [
      'on Monday unless said',
      { every: 'week', at: '09:00' },
      '2026-06-01T12:00Z',
      '2026-06-08T09:00Z',
    ],
    [
      'on the 31st, or the last',
      { every: 'month', at: '09:00', day_of_month: 31 },
      '2026-06-01T12:00Z',
      '2026-06-30T09:00Z',
    ],
    [
      'in February',
      { every: 'month', at: '09:00', day_of_month: 30 },
      '2026-02-01T12:00Z',
      '2026-02-28T09:00Z',
    ],
    [
      'by cron',
      { every: 'cron', cron: '*/15 8-9 * * 1-5' },
      '2026-06-05T09:45Z',
      '2026-06-08T08:00Z',
    ],
    [
      'by cron in its zone',
      { every: 'cron', cron: '0 9 * * *' },
      '2026-06-01T12:00Z',
      '2026-06-02T00:00Z',
      'Asia/Tokyo',
    ],
    [
      'not before it begins',
      { every: 'day', at: '09:00', from: '2026-07-01' },
      '2026-06-01T12:00Z',
      '2026-07-01T09:00Z',
    ],
    [
      'not when it has ended',
      { every: 'day', at: '09:00', to: '2026-06-02' },
      '2026-06-01T12:00Z',
      undefined,
    ],
    // Kyiv skips 03:00 to 04:00 on 29 March 2026, and repeats it on 25 October: once each.
    [
      'a skipped time',
      { every: 'day', at: '03:30' },
      '2026-03-28T12:00Z',
      '2026-03-29T01:00Z',
      'Europe/Kyiv',
    ],
    [
      'a repeated time',
      { every: 'day', at: '03:30' },
      '2026-10-24T12:00Z',
      '2026-10-25T00:30Z',
      'Europe/Kyiv',
    ],
    [
      'a repeated time, afterwards',
      { every: 'day', at: '03:30' },
      '2026-10-25T00:30Z',
      '2026-10-26T01:30Z',
      'Europe/Kyiv',
    ],
    [
      'a skipped time by cron',
      { every: 'cron', cron: '15 2-3 * * *' },
      '2026-03-29T00:15Z',
      '2026-03-29T01:00Z',
      'Europe/Kyiv',
    ],
    [
      'a skipped time by cron, afterwards',
      { every: 'cron', cron: '15 2-4 * * *' },
      '2026-03-29T01:00Z',
      '2026-03-29T01:15Z',
      'Europe/Kyiv',
    ],
    [
      'a repeated time by cron, afterwards',
      { every: 'cron', cron: '15 3 * * *' },
      '2026-10-25T00:15Z',
      '2026-10-26T01:15Z',
      'Europe/Kyiv',
    ],
    [
      'a repeated time of several by cron, afterwards',
      { every: 'cron', cron: '15 2-4 * * *' },
      '2026-10-25T00:15Z',
      '2026-10-25T02:15Z',
      'Europe/Kyiv',
    ],
  ])('%s', (_name, schedule, after, expected, zone) => {
    expect(next(schedule, after, zone)).toBe(expected);
  });

  test.each([
    [{ every: 'hour', at: '09:00' }],
    [{ every: 'day' }],
    [{ every: 'day', at: '24:00' }],
    [{ every: 'day', at: '09:00', days: [] }],
    [{ every: 'week', at: '09:00', days: [8] }],
    [{ every: 'month', at: '09:00', day_of_month: 32 }],
    [{ every: 'cron', cron: '* * * *' }],
    [{ every: 'cron', cron: '* * * * * *' }],
    [{ every: 'cron', cron: '61 * * * *' }],
    [{ every: 'cron', cron: '0 0 31 2 *' }],
    [{ every: 'day', at: '09:00', from: '2026-06-02', to: '2026-06-01' }],
    [{ every: 'day', at: '09:00', zone: 'Mars/Olympus' }],
  ])('there is none of %j', (schedule) => {
    expect(scheduleSchema.safeParse(schedule).success).toBe(false);
  });
});

test('of several that were missed the last one counts', () => {
  const schedule = scheduleSchema.parse({ every: 'cron', cron: '0 * * * *' });
  const range = { after: Date.parse('2026-06-01T12:00Z'), until: Date.parse('2026-06-01T15:30Z') };
  expect(iso(lastOccurrence(schedule, range, 'UTC'))).toBe('2026-06-01T15:00Z');
  const none = { after: range.after, until: Date.parse('2026-06-01T12:59Z') };
  expect(lastOccurrence(schedule, none, 'UTC')).toBeUndefined();
});
