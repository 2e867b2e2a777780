import { describe, expect, test } from 'vitest';
import { campaignScheduleSchema, type CampaignSchedule } from '@perennial/contracts';
import { dueInZone, nextOccurrence, startOf } from './schedule.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

describe('a start once', () => {
  test.each([
    // Winter and summer in Kyiv.
    ['2026-03-01', '09:00', 'Europe/Kyiv', '2026-03-01T07:00:00.000Z'],
    ['2026-07-01', '09:00', 'Europe/Kyiv', '2026-07-01T06:00:00.000Z'],
    // The clock goes from 03:00 to 04:00: what it skips moves to the end of the gap.
    ['2026-03-29', '03:30', 'Europe/Kyiv', '2026-03-29T01:00:00.000Z'],
    // It goes back from 04:00 to 03:00: of two the first.
    ['2026-10-25', '03:30', 'Europe/Kyiv', '2026-10-25T00:30:00.000Z'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
  ])('%s %s in the zone %s is %s', (date, time, workspaceZone, expected) => {
    expect(iso(startOf({ date, time }, { zone: 'workspace', workspaceZone }))).toBe(expected);
  });

  test('by the wall clocks of contacts it begins where the day begins first, at UTC+14', () => {
    const wall = { date: '2026-03-02', time: '09:00' };
    expect(iso(startOf(wall, { zone: 'contact', workspaceZone: 'Europe/Kyiv' }))).toBe(
      '2026-03-01T19:00:00.000Z',
    );
  });
});

describe('a contact with a zone', () => {
  const wall = { date: '2026-03-02', time: '09:00' };
  test.each([
    ['its time to come', 'Asia/Tokyo', '2026-03-01T19:00:00Z', '2026-03-02T00:00:00.000Z'],
    ['first of all', 'Pacific/Kiritimati', '2026-03-01T19:00:00Z', '2026-03-01T19:00:00.000Z'],
    [
      'a start late by a moment',
      'Pacific/Kiritimati',
      '2026-03-01T19:00:03Z',
      '2026-03-01T19:00:00.000Z',
    ],
    ['its time passed', 'Pacific/Kiritimati', '2026-03-02T08:00:00Z', '2026-03-02T19:00:00.000Z'],
    [
      'its time passed an hour ago',
      'Europe/Kyiv',
      '2026-03-02T08:00:00Z',
      '2026-03-03T07:00:00.000Z',
    ],
    ['a start days late', 'Europe/Kyiv', '2026-03-09T08:00:00Z', '2026-03-10T07:00:00.000Z'],
    ['no zone', null, '2026-03-01T19:00:00Z', '2026-03-02T07:00:00.000Z'],
    [
      'a zone that nobody knows',
      'Mars/Olympus',
      '2026-03-01T19:00:00Z',
      '2026-03-02T07:00:00.000Z',
    ],
  ])('with %s is due at its time, or on the next day', (_, zone, began, expected) => {
    const due = dueInZone(wall, { zone, workspaceZone: 'Europe/Kyiv', began: Date.parse(began) });
    expect(iso(due)).toBe(expected);
  });

  test('on the day the clocks change the next day has its own hour', () => {
    const due = dueInZone(
      { date: '2026-03-28', time: '09:00' },
      { zone: 'Europe/Kyiv', workspaceZone: 'UTC', began: Date.parse('2026-03-28T12:00:00Z') },
    );
    expect(iso(due)).toBe('2026-03-29T06:00:00.000Z');
  });
});

describe('a recurring campaign', () => {
  const recurring = (parts: object): Extract<CampaignSchedule, { kind: 'recurring' }> => {
    const schedule = campaignScheduleSchema.parse({ kind: 'recurring', time: '09:00', ...parts });
    if (schedule.kind !== 'recurring') throw new Error('not recurring');
    return schedule;
  };
  function occurrences(parts: object, after: string, n: number): string[] {
    const found: string[] = [];
    let from = Date.parse(after);
    while (found.length < n) {
      const next = nextOccurrence(recurring(parts), { after: from, workspaceZone: 'Europe/Kyiv' });
      if (!next) break;
      found.push(`${next.date} ${iso(next.startsAt)}`);
      from = next.startsAt;
    }
    return found;
  }

  test.each([
    [
      'every day, over a change of the clocks',
      { every: 'day' },
      '2026-03-28T07:00:00Z',
      ['2026-03-29 2026-03-29T06:00:00.000Z', '2026-03-30 2026-03-30T06:00:00.000Z'],
    ],
    [
      'on Mondays and Fridays',
      { every: 'week', weekdays: [1, 5] },
      '2026-03-02T07:00:00Z',
      ['2026-03-06 2026-03-06T07:00:00.000Z', '2026-03-09 2026-03-09T07:00:00.000Z'],
    ],
    [
      'on the 31st, or the last day of the month',
      { every: 'month', day: 31 },
      '2026-01-31T07:00:00Z',
      ['2026-02-28 2026-02-28T07:00:00.000Z', '2026-03-31 2026-03-31T06:00:00.000Z'],
    ],
    [
      'until a day, that day included',
      { every: 'day', until: '2026-03-02' },
      '2026-03-01T07:00:00Z',
      ['2026-03-02 2026-03-02T07:00:00.000Z'],
    ],
    [
      'at the wall clocks of contacts, from UTC+14 on',
      { every: 'day', zone: 'contact' },
      '2026-03-01T18:00:00Z',
      ['2026-03-02 2026-03-01T19:00:00.000Z', '2026-03-03 2026-03-02T19:00:00.000Z'],
    ],
  ])('%s', (_, parts, after, expected) => {
    expect(occurrences(parts, after, 2)).toEqual(expected);
  });
});
