import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin, nextEdge } from '../time/range.ts';
import { ROLLING_MS } from '../time/units.ts';
import { startOfDay } from '../time/zones.ts';
import { type Period, periodRange, periodSpan } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

// Instants around which clocks jump or days are missing, in zones where they do.
const EDGES: readonly [zone: string, edges: readonly number[]][] = [
  ['UTC', [Date.UTC(2026, 0, 1)]],
  ['Europe/Kyiv', [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]],
  ['America/New_York', [Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 10, 1, 6)]],
  // Half an hour of daylight saving.
  ['Australia/Lord_Howe', [Date.UTC(2026, 3, 4, 15), Date.UTC(2026, 9, 3, 15, 30)]],
  // 30 December 2011 was left out.
  ['Pacific/Apia', [Date.UTC(2011, 11, 30, 10), Date.UTC(2011, 11, 29, 10)]],
  // Midnight itself was skipped, and came twice.
  ['Asia/Beirut', [Date.UTC(2026, 2, 28, 22), Date.UTC(2026, 9, 24, 21)]],
  ['America/St_Johns', [Date.UTC(2010, 2, 14, 3, 31), Date.UTC(2010, 10, 7, 2, 31)]],
  ['Asia/Kathmandu', [Date.UTC(2026, 5, 1)]],
];

const near = (edge: number) =>
  fc.oneof(
    fc.integer({ min: edge - 3 * HOUR, max: edge + 3 * HOUR }),
    fc.integer({ min: edge - 5 * DAY, max: edge + 5 * DAY }),
    fc.integer({ min: edge - 500 * DAY, max: edge + 500 * DAY }),
  );

const counts = fc.integer({ min: 1, max: 9 });
const days = fc.constantFrom('2011-12-30', '2026-03-29', '2026-10-25');

const anyPeriod: fc.Arbitrary<Period> = fc.oneof(
  fc.constantFrom<Period>({ kind: 'today' }, { kind: 'yesterday' }, { kind: 'ever' }),
  fc.record({
    kind: fc.constant('this' as const),
    unit: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
  }),
  fc.record({
    kind: fc.constant('previous' as const),
    n: counts,
    unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'quarter' as const),
  }),
  fc.record({
    kind: fc.constantFrom('last' as const, 'longer_ago' as const, 'next' as const),
    n: counts,
    unit: fc.constantFrom('minute' as const, 'hour' as const, 'day' as const, 'week' as const),
  }),
  fc.record({ kind: fc.constantFrom('before' as const, 'after' as const), at: days }),
  fc.constant<Period>({ kind: 'between', from: '2011-12-30', to: '2026-10-25' }),
);

/** An instant and a now, often where one of the two lies at an edge of the other's period. */
const anyCase = fc
  .tuple(fc.constantFrom(...EDGES), anyPeriod, fc.integer({ min: -1, max: 1 }))
  .chain(([[zone, edges], period, off]) =>
    fc
      .tuple(fc.constantFrom(...edges).chain(near), fc.constantFrom(...edges).chain(near))
      .chain(([instant, now]) => {
        const { from, to } = periodSpan(period, zone, instant);
        const ends = [from, to].filter(Number.isFinite).map((end) => end + off);
        return fc.record({
          zone: fc.constant(zone),
          period: fc.constant(period),
          instant: fc.constant(instant),
          now: fc.constantFrom(now, ...ends),
        });
      }),
  );

describe('the instants of now at which a period holds an instant', () => {
  test('an instant lies in the period if and only if now lies in its span', () => {
    fc.assert(
      fc.property(anyCase, ({ zone, period, instant, now }) => {
        const holds = isWithin(instant, periodRange(period, zone, now));
        expect(isWithin(now, periodSpan(period, zone, instant))).toBe(holds);
      }),
      { numRuns: 6000 },
    );
  });

  test.each<[string, Period, number, [number, number]]>([
    ['a length', { kind: 'last', n: 2, unit: 'hour' }, 0, [0, 2 * HOUR]],
    ['long ago', { kind: 'longer_ago', n: 1, unit: 'day' }, 0, [DAY, Infinity]],
    ['ahead', { kind: 'next', n: 1, unit: 'day' }, DAY, [0, DAY]],
    ['the rest of a day', { kind: 'today' }, DAY / 2, [0, DAY]],
    ['the day after', { kind: 'yesterday' }, DAY / 2, [DAY, 2 * DAY]],
    ['days after', { kind: 'previous', n: 3, unit: 'day' }, DAY / 2, [DAY, 4 * DAY]],
    ['always', { kind: 'before', at: '2026-01-01' }, 0, [-Infinity, Infinity]],
    ['never', { kind: 'after', at: '2026-01-01' }, 0, [Infinity, Infinity]],
    // 1 January 1970 was a Thursday.
    ['a week', { kind: 'this', unit: 'week' }, 0, [-3 * DAY, 4 * DAY]],
  ])('%s', (_case, period, instant, [from, to]) => {
    expect(periodSpan(period, 'UTC', instant)).toEqual({ from, to });
  });

  test('a day that Samoa left out is nobody’s yesterday', () => {
    const noon = startOfDay(15_337, 'Pacific/Apia') + 12 * HOUR; // 29 December 2011
    const { from, to } = periodSpan({ kind: 'yesterday' }, 'Pacific/Apia', noon);
    expect(from).toBe(to);
    expect(nextEdge({ from, to }, noon)).toBe(Infinity);
  });

  test.each([
    [0, 5],
    [5, 10],
    [9, 10],
    [10, Infinity],
  ])('of the range from 5 until 10 the next edge after %d is %d', (now, edge) => {
    expect(nextEdge({ from: 5, to: 10 }, now)).toBe(edge);
  });

  test('a minute of every rolling unit is as long as its range', () => {
    for (const unit of ['minute', 'hour', 'day', 'week', 'month', 'year'] as const) {
      const { from, to } = periodSpan({ kind: 'last', n: 1, unit }, 'UTC', 0);
      expect(to - from).toBe(ROLLING_MS[unit]);
    }
  });
});
