import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantText } from '../time/instant-text.ts';
import { isWithin } from '../time/range.ts';
import { CALENDAR_UNITS, ROLLING_UNITS } from '../time/units.ts';
import { type Period, periodRange, periodRanges, periodSchema } from './index.ts';

/** Wednesday, 14 October 2026, 09:30 UTC: 12:30 in Kyiv, 05:30 in New York, 18:30 in Tokyo. */
const NOW = Date.UTC(2026, 9, 14, 9, 30);

function bounds(period: Period, zone = 'UTC', now = NOW): [string, string] {
  const { from, to } = periodRange(period, zone, now);
  return [text(from), text(to)];
}

function text(instant: number): string {
  return Number.isFinite(instant) ? instantText(instant).replace('.000Z', 'Z') : String(instant);
}

describe('calendar periods', () => {
  test.each<[Period, string, string, string]>([
    [{ kind: 'today' }, 'UTC', '2026-10-14T00:00:00Z', '2026-10-15T00:00:00Z'],
    [{ kind: 'today' }, 'Europe/Kyiv', '2026-10-13T21:00:00Z', '2026-10-14T21:00:00Z'],
    [{ kind: 'today' }, 'Pacific/Kiritimati', '2026-10-13T10:00:00Z', '2026-10-14T10:00:00Z'],
    [{ kind: 'yesterday' }, 'UTC', '2026-10-13T00:00:00Z', '2026-10-14T00:00:00Z'],
    [{ kind: 'this', unit: 'week' }, 'UTC', '2026-10-12T00:00:00Z', '2026-10-19T00:00:00Z'],
    [{ kind: 'this', unit: 'month' }, 'UTC', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'],
    // Clocks go back on 25 October.
    [
      { kind: 'this', unit: 'month' },
      'Europe/Kyiv',
      '2026-09-30T21:00:00Z',
      '2026-10-31T22:00:00Z',
    ],
    [{ kind: 'this', unit: 'quarter' }, 'UTC', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    [{ kind: 'this', unit: 'year' }, 'Asia/Tokyo', '2025-12-31T15:00:00Z', '2026-12-31T15:00:00Z'],
    [
      { kind: 'previous', n: 1, unit: 'day' },
      'UTC',
      '2026-10-13T00:00:00Z',
      '2026-10-14T00:00:00Z',
    ],
    [
      { kind: 'previous', n: 2, unit: 'week' },
      'UTC',
      '2026-09-28T00:00:00Z',
      '2026-10-12T00:00:00Z',
    ],
    [
      { kind: 'previous', n: 8, unit: 'month' },
      'America/New_York',
      '2026-02-01T05:00:00Z',
      '2026-10-01T04:00:00Z',
    ],
    [
      { kind: 'previous', n: 3, unit: 'quarter' },
      'UTC',
      '2026-01-01T00:00:00Z',
      '2026-10-01T00:00:00Z',
    ],
    [
      { kind: 'previous', n: 100, unit: 'year' },
      'UTC',
      '1926-01-01T00:00:00Z',
      '2026-01-01T00:00:00Z',
    ],
  ])('%j in %s is from %s until before %s', (period, zone, from, to) => {
    expect(bounds(period, zone)).toEqual([from, to]);
  });

  test('today is the local day, also when that is another day than in UTC', () => {
    const late = Date.UTC(2026, 9, 14, 22);
    expect(bounds({ kind: 'today' }, 'Asia/Tokyo', late)[0]).toBe('2026-10-14T15:00:00Z');
    expect(bounds({ kind: 'today' }, 'America/New_York', late)[0]).toBe('2026-10-14T04:00:00Z');
  });

  test('a day without midnight begins after it, a day with two before the first', () => {
    const spring = Date.UTC(2018, 10, 4, 12);
    expect(bounds({ kind: 'today' }, 'America/Sao_Paulo', spring)[0]).toBe('2018-11-04T03:00:00Z');
    const autumn = Date.UTC(2023, 10, 5, 12);
    expect(bounds({ kind: 'today' }, 'America/Havana', autumn)).toEqual([
      '2023-11-05T04:00:00Z',
      '2023-11-06T05:00:00Z',
    ]);
  });

  test('weeks begin on Monday, also on Sunday and Monday themselves', () => {
    const sunday = Date.UTC(2026, 9, 18, 23, 59, 59, 999);
    expect(bounds({ kind: 'this', unit: 'week' }, 'UTC', sunday)[0]).toBe('2026-10-12T00:00:00Z');
    expect(bounds({ kind: 'this', unit: 'week' }, 'UTC', sunday + 1)[0]).toBe(
      '2026-10-19T00:00:00Z',
    );
  });
});

describe('rolling periods', () => {
  test.each<[Period, string, string]>([
    [{ kind: 'last', n: 7, unit: 'day' }, '2026-10-07T09:30:00.001Z', '2026-10-14T09:30:00.001Z'],
    [{ kind: 'last', n: 1, unit: 'month' }, '2026-09-14T09:30:00.001Z', '2026-10-14T09:30:00.001Z'],
    [{ kind: 'last', n: 1, unit: 'year' }, '2025-10-14T09:30:00.001Z', '2026-10-14T09:30:00.001Z'],
    [
      { kind: 'last', n: 90, unit: 'minute' },
      '2026-10-14T08:00:00.001Z',
      '2026-10-14T09:30:00.001Z',
    ],
    [{ kind: 'longer_ago', n: 9, unit: 'hour' }, '-Infinity', '2026-10-14T00:30:00.001Z'],
    [{ kind: 'next', n: 2, unit: 'week' }, '2026-10-14T09:30:00.001Z', '2026-10-28T09:30:00.001Z'],
    [{ kind: 'ever' }, '-Infinity', 'Infinity'],
  ])('%j is from %s until before %s in any zone', (period, from, to) => {
    expect(bounds(period)).toEqual([from, to]);
    expect(bounds(period, 'America/New_York')).toEqual([from, to]);
  });

  test('"last" holds now and not the instant n units ago, which "longer_ago" holds', () => {
    const last = periodRange({ kind: 'last', n: 1, unit: 'hour' }, 'UTC', NOW);
    const longerAgo = periodRange({ kind: 'longer_ago', n: 1, unit: 'hour' }, 'UTC', NOW);
    const anHourAgo = NOW - 3_600_000;
    expect([anHourAgo, anHourAgo + 1, NOW, NOW + 1].map((t) => isWithin(t, last))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([anHourAgo, anHourAgo + 1].map((t) => isWithin(t, longerAgo))).toEqual([true, false]);
  });
});

describe('fixed periods', () => {
  test.each<[Period, string, string, string]>([
    [
      { kind: 'between', from: '2026-05-01', to: '2026-06-01' },
      'Europe/Kyiv',
      '2026-04-30T21:00:00Z',
      '2026-05-31T21:00:00Z',
    ],
    [
      { kind: 'between', from: '2026-05-01T00:00:00Z', to: '2026-05-01T12:00:00Z' },
      'Europe/Kyiv',
      '2026-05-01T00:00:00Z',
      '2026-05-01T12:00:00Z',
    ],
    [{ kind: 'before', at: '2026-05-01' }, 'UTC', '-Infinity', '2026-05-01T00:00:00Z'],
    [{ kind: 'after', at: '2026-05-01' }, 'Asia/Tokyo', '2026-04-30T15:00:00Z', 'Infinity'],
  ])('%j in %s is from %s until before %s', (period, zone, from, to) => {
    expect(bounds(period, zone)).toEqual([from, to]);
  });
});

describe('laws', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Kyiv',
    'America/St_Johns',
    'America/Sao_Paulo',
    'Pacific/Apia',
  );
  const instants = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2030, 0, 1) });
  const units = fc.constantFrom(...CALENDAR_UNITS);
  const counts = fc.integer({ min: 1, max: 40 });

  test('n previous units and the current one follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(zones, instants, units, counts, (zone, now, unit, n) => {
        const previous = periodRange({ kind: 'previous', n, unit }, zone, now);
        const current: Period = unit === 'day' ? { kind: 'today' } : { kind: 'this', unit };
        const { from, to } = periodRange(current, zone, now);
        expect(previous.to).toBe(from);
        expect(now >= from && now < to).toBe(true);
      }),
    );
  });

  test('n previous units are the previous one and the n − 1 seen from its start', () => {
    fc.assert(
      fc.property(zones, instants, units, counts, (zone, now, unit, n) => {
        const whole = periodRange({ kind: 'previous', n: n + 1, unit }, zone, now);
        const latest = periodRange({ kind: 'previous', n: 1, unit }, zone, now);
        const rest = periodRange({ kind: 'previous', n, unit }, zone, latest.from);
        // A day that the zone left out begins where the next one does: it cannot be looked from.
        fc.pre(latest.from < latest.to);
        expect(rest).toEqual({ from: whole.from, to: latest.from });
      }),
    );
  });

  test('the past is what is longer ago and what is within the last n units', () => {
    const rolling = fc.constantFrom(...ROLLING_UNITS);
    fc.assert(
      fc.property(instants, rolling, counts, instants, (now, unit, n, t) => {
        const last = isWithin(t, periodRange({ kind: 'last', n, unit }, 'UTC', now));
        const longerAgo = isWithin(t, periodRange({ kind: 'longer_ago', n, unit }, 'UTC', now));
        expect(Number(last) + Number(longerAgo)).toBe(t <= now ? 1 : 0);
      }),
    );
  });
});

describe('zones of periods', () => {
  test('each contact has its own day', () => {
    const ranges = periodRanges({ kind: 'today', zone: 'contact' });
    const from = (contactZone?: string) =>
      text(ranges({ now: NOW, workspaceZone: 'Europe/Kyiv', contactZone }).from);
    expect(from('Asia/Tokyo')).toBe('2026-10-13T15:00:00Z');
    expect(from('America/New_York')).toBe('2026-10-14T04:00:00Z');
    expect(from()).toBe('2026-10-13T21:00:00Z');
    expect(from('Asia/Tokyo')).toBe('2026-10-13T15:00:00Z');
  });

  test('what is remembered is forgotten when time goes on', () => {
    const ranges = periodRanges({ kind: 'today' });
    const clock = { now: NOW, workspaceZone: 'UTC' };
    expect(text(ranges(clock).from)).toBe('2026-10-14T00:00:00Z');
    expect(text(ranges({ ...clock, now: NOW + 86_400_000 }).from)).toBe('2026-10-15T00:00:00Z');
  });
});

describe('refusals', () => {
  test.each([
    ['an unknown kind', { kind: 'tomorrow' }, 'kind'],
    ['no kind', {}, 'kind'],
    ['an unknown member', { kind: 'today', n: 1 }, ''],
    ['zero units', { kind: 'last', n: 0, unit: 'day' }, 'n'],
    ['half a unit', { kind: 'last', n: 1.5, unit: 'day' }, 'n'],
    ['quarters as a rolling unit', { kind: 'last', n: 1, unit: 'quarter' }, 'unit'],
    ['minutes as a calendar unit', { kind: 'previous', n: 1, unit: 'minute' }, 'unit'],
    ['this day, which is today', { kind: 'this', unit: 'day' }, 'unit'],
    ['more than 100 years', { kind: 'last', n: 36_501, unit: 'day' }, 'n'],
    ['more than 100 calendar years', { kind: 'previous', n: 401, unit: 'quarter' }, 'n'],
    ['a day that does not exist', { kind: 'after', at: '2026-02-30' }, 'at'],
    ['an end before its start', { kind: 'between', from: '2026-02-02', to: '2026-02-01' }, 'to'],
    ['an end at its start', { kind: 'between', from: '2026-02-02', to: '2026-02-02' }, 'to'],
    [
      'a day and an instant',
      { kind: 'between', from: '2026-02-02', to: '2026-02-03T00:00:00Z' },
      'to',
    ],
    ['an unknown zone', { kind: 'today', zone: 'Mars/Olympus' }, 'zone'],
    ['an offset for a zone', { kind: 'today', zone: '+02:00' }, 'zone'],
  ])('%s', (_case, period, path) => {
    const { error } = periodSchema.safeParse(period);
    expect(error?.issues.map((issue) => issue.path.join('/'))).toEqual([path]);
  });

  test.each([
    { kind: 'last', n: 36_500, unit: 'day' },
    { kind: 'last', n: 52_560_000, unit: 'minute' },
    { kind: 'previous', n: 1200, unit: 'month', zone: 'contact' },
    { kind: 'between', from: 1, to: 2 },
  ])('%j is taken', (period) => {
    expect(periodSchema.safeParse(period).error).toBeUndefined();
  });
});
