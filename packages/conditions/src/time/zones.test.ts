import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfDate, dayText, readDay } from './day.ts';
import { instantText } from './instant-text.ts';
import {
  dayOfInstant,
  instantOfLocal,
  isKnownZone,
  resolveZone,
  startOfDay,
  timeOfDay,
} from './zones.ts';

const day = (text: string) => readDay(text) ?? NaN;

describe('the first instant of a day', () => {
  test.each([
    ['UTC', '2026-05-01', '2026-05-01T00:00:00.000Z'],
    ['Europe/Kyiv', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['Europe/Kyiv', '2026-03-30', '2026-03-29T21:00:00.000Z'],
    // Midnight was skipped: clocks went from 00:00 to 01:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00.000Z'],
    // Midnight came twice: clocks went from 01:00 back to 00:00.
    ['America/Havana', '2023-11-05', '2023-11-05T04:00:00.000Z'],
    // Clocks went from 00:01 back to 23:01, so the day began, stopped, and began again.
    ['America/St_Johns', '2010-11-07', '2010-11-07T02:30:00.000Z'],
    // The day was left out: it is empty and begins where the next does.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
  ])('in %s of %s', (zone, text, instant) => {
    expect(instantText(startOfDay(day(text), zone))).toBe(instant);
  });
});

const ZONES = [
  'UTC',
  'Europe/Kyiv',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Havana',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Pacific/Kiritimati',
  'Asia/Beirut',
];
const anyZone = fc.constantFrom(...ZONES);
const anyInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2030, 0, 1) });

describe('days partition time', () => {
  test('an instant lies between the start of its day and that of the next', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const its = dayOfInstant(instant, zone);
        expect(startOfDay(its, zone)).toBeLessThanOrEqual(instant);
        expect(startOfDay(its + 1, zone)).toBeGreaterThan(instant);
      }),
    );
  });

  test('a day that a clock left and entered again holds all until the next one', () => {
    // 23:30 on the wall for the second time, but after the first midnight.
    const instant = Date.UTC(2010, 10, 7, 3, 0);
    expect(dayText(dayOfInstant(instant, 'America/St_Johns'))).toBe('2010-11-07');
  });
});

describe('wall-clock times', () => {
  test.each([
    ['of a plain day', 'Europe/Kyiv', '2026-05-01', 9.5, '2026-05-01T06:30:00.000Z'],
    [
      'skipped in spring: the next valid instant',
      'America/New_York',
      '2026-03-08',
      2.5,
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'repeated in autumn: the first',
      'America/New_York',
      '2026-11-01',
      1.5,
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'skipped by half an hour',
      'Australia/Lord_Howe',
      '2026-10-04',
      2.25,
      '2026-10-03T15:30:00.000Z',
    ],
    ['of a day that was left out', 'Pacific/Apia', '2011-12-30', 12, '2011-12-30T10:00:00.000Z'],
  ])('%s', (_case, zone, text, hour, instant) => {
    expect(instantText(instantOfLocal(day(text), hour * 3_600_000, zone))).toBe(instant);
  });

  test('what the wall shows leads back to an instant that shows the same', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const shown = timeOfDay(instant, zone);
        expect(timeOfDay(instantOfLocal(dayOfInstant(instant, zone), shown, zone), zone)).toBe(
          shown,
        );
      }),
    );
  });
});

describe('names', () => {
  test.each(['UTC', 'Europe/Kyiv', 'Etc/GMT+3', 'America/Argentina/Buenos_Aires'])(
    '%s is known',
    (name) => {
      expect(isKnownZone(name)).toBe(true);
    },
  );

  test.each(['+02:00', '', 'Mars/Olympus', 'Europe/Kyiv ', '../etc', 'workspace'])(
    '%j is unknown',
    (name) => {
      expect(isKnownZone(name)).toBe(false);
    },
  );

  const clock = { now: 0, workspaceZone: 'Europe/Kyiv' };

  test.each([
    ['absent is UTC', undefined, clock, 'UTC'],
    ['UTC', 'UTC', clock, 'UTC'],
    ['the workspace’s', 'workspace', clock, 'Europe/Kyiv'],
    ['a named one', 'Asia/Tokyo', clock, 'Asia/Tokyo'],
    ['the contact’s', 'contact', { ...clock, contactZone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
    ['a contact without one has the workspace’s', 'contact', clock, 'Europe/Kyiv'],
    ['an unknown one too', 'contact', { ...clock, contactZone: 'Mars/Olympus' }, 'Europe/Kyiv'],
  ])('zone: %s', (_case, zone, at, resolved) => {
    expect(resolveZone(zone, at)).toBe(resolved);
  });

  test('days of the years 1 and 9999 have a start', () => {
    expect(startOfDay(dayOfDate(1, 1, 1), 'UTC')).toBe(-62_135_596_800_000);
    expect(startOfDay(dayOfDate(9999, 12, 31), 'UTC')).toBe(253_402_214_400_000);
  });
});
