import type { SendWindow } from '@perennial/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localHours, openingAt } from './send-window.ts';
import { leavesAt } from './leaves-at.ts';
import { spreadRelease } from './spread-release.ts';

const at = (text: string): number => Date.parse(text);
const hoursOf = (window: SendWindow, contact: string | null = null) =>
  localHours(window, { workspace: 'UTC', contact });

/** When a message leaves if what waits is not spread. */
function next(window: SendWindow, from: string, contact: string | null = null): string | undefined {
  const found = leavesAt({ hours: hoursOf(window, contact), contactId: 1, releaseMs: 0 }, at(from));
  return found === undefined ? undefined : new Date(found).toISOString().replace(':00.000', '');
}

const w = (from: string, to: string, days?: number[], zone?: string): SendWindow => ({
  from,
  to,
  ...(days && { days }),
  ...(zone && { zone }),
});

describe('a message leaves', () => {
  // 18 October 2018 is a Thursday, 1 January 2025 a Wednesday.
  test.each<[string, SendWindow, string, string, string?]>([
    ['at once at the first instant', w('10:00', '11:00'), '2018-10-19T10:00Z', '2018-10-19T10:00Z'],
    ['not at the last', w('08:00', '10:00'), '2018-10-19T10:00Z', '2018-10-20T08:00Z'],
    ['a millisecond before it', w('08:00', '10:00'), '2018-10-19T09:59Z', '2018-10-19T09:59Z'],
    ['on the next day', w('08:00', '10:00'), '2018-10-18T12:00Z', '2018-10-19T08:00Z'],
    ['later today', w('14:00', '16:00'), '2025-01-01T12:00Z', '2025-01-01T14:00Z'],
    [
      'over midnight, the first half',
      w('23:00', '01:00'),
      '2025-01-01T12:00Z',
      '2025-01-01T23:00Z',
    ],
    [
      'over midnight, the second half',
      w('23:00', '01:00'),
      '2025-01-02T00:30Z',
      '2025-01-02T00:30Z',
    ],
    ['over midnight, afterwards', w('23:00', '01:00'), '2025-01-02T01:00Z', '2025-01-02T23:00Z'],
    [
      'when the other day begins',
      w('00:00', '24:00', [4]),
      '2025-01-01T12:00Z',
      '2025-01-02T00:00Z',
    ],
    ['until midnight', w('18:00', '24:00'), '2025-01-01T23:59Z', '2025-01-01T23:59Z'],
    ['not at midnight', w('18:00', '24:00'), '2025-01-02T00:00Z', '2025-01-02T18:00Z'],
    ['on the only day', w('08:00', '10:00', [1]), '2025-01-01T12:00Z', '2025-01-06T08:00Z'],
    ['a week later', w('08:00', '10:00', [3]), '2025-01-01T12:00Z', '2025-01-08T08:00Z'],
    ['on Friday', w('08:00', '10:00', [5, 6]), '2018-10-20T12:00Z', '2018-10-26T08:00Z'],
    [
      'Saturday night, on Sunday',
      w('22:00', '02:00', [6]),
      '2025-01-05T01:00Z',
      '2025-01-05T01:00Z',
    ],
    [
      'not on Saturday before one',
      w('22:00', '02:00', [6]),
      '2025-01-04T01:00Z',
      '2025-01-04T22:00Z',
    ],
    [
      'in winter of New York',
      w('08:00', '10:00'),
      '2025-01-01T12:00Z',
      '2025-01-01T13:00Z',
      'America/New_York',
    ],
    [
      'in its summer',
      w('08:00', '10:00'),
      '2025-07-01T11:00Z',
      '2025-07-01T12:00Z',
      'America/New_York',
    ],
    [
      'in New York, now',
      w('08:00', '10:00'),
      '2018-10-19T12:00Z',
      '2018-10-19T12:00Z',
      'America/New_York',
    ],
    [
      'in Tokyo, tomorrow there',
      w('09:00', '18:00'),
      '2025-01-01T12:00Z',
      '2025-01-02T00:00Z',
      'Asia/Tokyo',
    ],
    [
      'at UTC+14',
      w('09:00', '21:00'),
      '2025-01-01T18:00Z',
      '2025-01-01T19:00Z',
      'Pacific/Kiritimati',
    ],
    ['at UTC-12', w('09:00', '21:00'), '2025-01-01T12:00Z', '2025-01-01T21:00Z', 'Etc/GMT+12'],
    [
      'on Monday there, Sunday here',
      w('09:00', '21:00', [1]),
      '2025-01-05T18:00Z',
      '2025-01-05T19:00Z',
      'Pacific/Kiritimati',
    ],
    [
      'after the hour that is skipped',
      w('02:30', '05:00'),
      '2025-03-30T00:00Z',
      '2025-03-30T01:00Z',
      'Europe/Berlin',
    ],
    [
      'before the skipped end',
      w('01:00', '02:30'),
      '2025-03-30T00:59Z',
      '2025-03-30T00:59Z',
      'Europe/Berlin',
    ],
    [
      'not after it',
      w('01:00', '02:30'),
      '2025-03-30T01:00Z',
      '2025-03-30T23:00Z',
      'Europe/Berlin',
    ],
    [
      'on another day than the skipped one',
      w('02:15', '02:45'),
      '2025-03-30T00:00Z',
      '2025-03-31T00:15Z',
      'Europe/Berlin',
    ],
    [
      'in the first of two hours',
      w('02:30', '05:00'),
      '2025-10-25T23:00Z',
      '2025-10-26T00:30Z',
      'Europe/Berlin',
    ],
    [
      'the same hour after the clock changed',
      w('09:00', '21:00'),
      '2025-10-25T20:00Z',
      '2025-10-26T08:00Z',
      'Europe/Berlin',
    ],
    [
      'past a day that was left out',
      w('09:00', '21:00'),
      '2011-12-30T08:00Z',
      '2011-12-30T19:00Z',
      'Pacific/Apia',
    ],
  ])('%s', (_name, window, from, expected, zone) => {
    expect(next(window, from, zone)).toBe(expected.replace('Z', 'Z'));
  });

  test('by the workspace’s zone if the contact has none, and by a named one whatever the contact’s', () => {
    expect(next(w('09:00', '21:00'), '2025-01-01T06:00Z')).toBe('2025-01-01T09:00Z');
    const named = w('09:00', '21:00', undefined, 'Asia/Tokyo');
    expect(next(named, '2025-01-01T13:00Z', 'America/New_York')).toBe('2025-01-02T00:00Z');
    const own = w('09:00', '21:00', undefined, 'workspace');
    expect(next(own, '2025-01-01T06:00Z', 'Asia/Tokyo')).toBe('2025-01-01T09:00Z');
  });

  test('never before it may, within its hours, whatever the zone', () => {
    const times = fc.tuple(
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom('00', '15', '30', '45'),
    );
    const time = times.map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const zones = [
      'UTC',
      'Europe/Kyiv',
      'America/St_Johns',
      'Pacific/Kiritimati',
      'Etc/GMT+12',
      'Australia/Lord_Howe',
    ];
    fc.assert(
      fc.property(
        time,
        time,
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.constantFrom(...zones),
        fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2026-12-31T00:00Z') }),
        (from, to, days, zone, instant) => {
          fc.pre(from !== to);
          const hours = hoursOf({ from, to, days, zone });
          const opening = openingAt(hours, instant);
          if (!opening) return;
          expect(opening.to).toBeGreaterThan(instant);
          const leaves = leavesAt({ hours, contactId: 7, releaseMs: 3_600_000 }, instant)!;
          expect(leaves).toBeGreaterThanOrEqual(instant);
          expect(leavesAt({ hours, contactId: 7, releaseMs: 3_600_000 }, leaves)).toBe(leaves);
        },
      ),
    );
  });
});

describe('what waited', () => {
  const opening = { from: at('2025-01-01T09:00Z'), to: at('2025-01-01T21:00Z') };

  test('leaves evenly over the beginning of the hours', () => {
    const minutes = new Array<number>(60).fill(0);
    for (let contactId = 1; contactId <= 60_000; contactId += 1) {
      const leaves = spreadRelease({ opening, contactId, overMs: 3_600_000 });
      minutes[Math.floor((leaves - opening.from) / 60_000)]! += 1;
    }
    expect(minutes).toHaveLength(60);
    expect(Math.max(...minutes)).toBeLessThan(1_200);
    expect(Math.min(...minutes)).toBeGreaterThan(800);
  });

  test('leaves in the first half of short hours, and at once if nothing is to be spread', () => {
    const short = { from: 0, to: 60_000 };
    const latest = Math.max(
      ...Array.from({ length: 1_000 }, (_, contactId) =>
        spreadRelease({ opening: short, contactId, overMs: 3_600_000 }),
      ),
    );
    expect(latest).toBeLessThan(30_000);
    expect(spreadRelease({ opening, contactId: 5, overMs: 0 })).toBe(opening.from);
  });

  test('leaves at another place on another day', () => {
    const next = { from: opening.from + 86_400_000, to: opening.to + 86_400_000 };
    const share = (of: typeof opening): number =>
      spreadRelease({ opening: of, contactId: 5, overMs: 3_600_000 }) - of.from;
    expect(share(next)).not.toBe(share(opening));
  });
});
