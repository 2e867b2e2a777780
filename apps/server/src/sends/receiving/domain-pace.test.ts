import { describe, expect, test } from 'vitest';
import { createDomainPace, type DomainPace } from './domain-pace.ts';

/** How many leave in a time when somebody asks every 10 ms for as many as there are. */
function leaveWithin(pace: DomainPace, { from, ms }: { from: number; ms: number }): number {
  let count = 0;
  for (let now = from; now < from + ms; now += 10) {
    while (count < 100_000 && pace.take(now).ok) {
      count += 1;
      pace.began();
      pace.ended();
    }
  }
  return count;
}

describe('a rate', () => {
  test.each([1, 20, 0.5])('of %d a second is kept, after a short burst', (ratePerSecond) => {
    const pace = createDomainPace({ ratePerSecond });
    const count = leaveWithin(pace, { from: 0, ms: 60_000 });
    expect(count).toBeGreaterThanOrEqual(ratePerSecond * 60);
    expect(count).toBeLessThanOrEqual(ratePerSecond * 61 + 2);
  });

  test('spreads what waits over time, each with a place of its own', () => {
    const pace = createDomainPace({ ratePerSecond: 10 });
    const asked = Array.from({ length: 60 }, () => pace.take(0));
    const later = asked.flatMap((answer) => (answer.ok ? [] : [answer.at]));
    expect(later.length).toBeGreaterThanOrEqual(48);
    expect(new Set(later).size).toBe(later.length);
    expect(later).toEqual(later.toSorted((a, b) => a - b));
    expect(later.at(-1)).toBeLessThan(7_000);
  });

  test('does not put off for longer than five minutes, so that a change soon holds', () => {
    const pace = createDomainPace({ ratePerSecond: 1 });
    const asked = Array.from({ length: 2_000 }, () => pace.take(0));
    const later = asked.flatMap((answer) => (answer.ok ? [] : [answer.at]));
    expect(Math.max(...later)).toBe(300_000);
  });

  test('that was not used is given back', () => {
    const pace = createDomainPace({ ratePerSecond: 1 });
    expect(pace.take(0).ok).toBe(true);
    expect(pace.take(0).ok).toBe(false);
    pace.giveBack(0);
    expect(pace.take(0).ok).toBe(true);
  });
});

describe('a domain that asks for less', () => {
  test('gets nothing for a while, then half of what it took', () => {
    const pace = createDomainPace({});
    expect(pace.busy(0, { seen: 40 })).toBe(true);
    // Those that were under way say the same.
    expect(pace.busy(500, { seen: 40 })).toBe(false);
    expect(pace.rate()).toBe(20);
    expect(leaveWithin(pace, { from: 0, ms: 5_000 })).toBe(0);
    const count = leaveWithin(pace, { from: 5_000, ms: 10_000 });
    expect(count).toBeGreaterThan(190);
    expect(count).toBeLessThan(225);
  });

  test('is left alone for longer when it goes on', () => {
    const pace = createDomainPace({ ratePerSecond: 10 });
    pace.busy(0, { seen: 10 });
    pace.busy(6_000, { seen: 5 });
    expect(pace.rate()).toBe(2.5);
    expect(leaveWithin(pace, { from: 6_000, ms: 10_000 })).toBe(0);
    expect(leaveWithin(pace, { from: 16_000, ms: 1_000 })).toBeGreaterThan(0);
  });

  test('is slowly trusted with more, up to its limit', () => {
    const pace = createDomainPace({ ratePerSecond: 10 });
    pace.busy(0, { seen: 10 });
    expect(pace.rate()).toBe(5);
    expect(pace.accepted(9_000)).toBe(false);
    const rates: (number | undefined)[] = [];
    for (let now = 16_000; pace.isSlowed(); now += 10_000) {
      pace.accepted(now);
      rates.push(pace.rate());
    }
    expect(rates).toEqual([7.5, 10]);
  });

  test('gets no more than its share when another process joins', () => {
    let processes = 1;
    const pace = createDomainPace({ ratePerSecond: 100, shares: () => processes });
    pace.busy(0, { seen: 180 });
    expect(pace.rate()).toBe(50);
    processes = 4;
    expect(pace.rate()).toBe(25);
  });

  test('never comes to a stand', () => {
    const pace = createDomainPace({ ratePerSecond: 1 });
    for (let i = 0; i < 20; i += 1) pace.busy(i * 400_000, { seen: 0 });
    expect(pace.rate()).toBe(0.1);
  });
});

test('only so many are under way at once, and a few more are taken ahead', () => {
  const pace = createDomainPace({ connections: 2 });
  const taken = Array.from({ length: 20 }, () => pace.take(0)).filter(({ ok }) => ok);
  expect(taken).toHaveLength(8);
  pace.began();
  pace.began();
  expect(pace.hasLine()).toBe(false);
  pace.ended();
  expect(pace.hasLine()).toBe(true);
  expect(pace.take(0).ok).toBe(true);
});
