import { describe, expect, test } from 'vitest';
import { hashPoint } from '../split/hash-point.ts';
import { allocate, EXPLORED, positionAt, type ChoiceMode } from './allocate.ts';
import { posteriorsOf } from './posteriors.ts';
import { randomOf } from './test-random.ts';

interface Story {
  rates: readonly number[];
  mode: ChoiceMode;
  days: number;
  perDay: number;
  /** Days until the window of a message closes. */
  delay: number;
  /** From which day on each variant is there. */
  joins?: readonly number[];
  seed: number;
}

interface Told {
  /** By day and variant. */
  chosen: number[][];
  succeeded: number;
}

/** Choices in batches of a day, of which each is learnt from when its window has closed. */
function tell({ rates, mode, days, perDay, delay, joins = [], seed }: Story): Told {
  const random = randomOf(seed);
  const trials = rates.map(() => ({ settled: 0, succeeded: 0 }));
  const open: { day: number; position: number; succeeded: boolean }[] = [];
  const told: Told = { chosen: [], succeeded: 0 };
  for (let day = 0; day < days; day += 1) {
    while (open.length > 0 && open[0]!.day + delay <= day) {
      const { position, succeeded } = open.shift()!;
      trials[position]!.settled += 1;
      trials[position]!.succeeded += Number(succeeded);
    }
    const among = [...rates.keys()].filter((i) => (joins[i] ?? 0) <= day);
    const posteriors = posteriorsOf(among.map((i) => trials[i]!));
    const shares = allocate(posteriors, [...among.keys()], mode);
    const chosen = rates.map(() => 0);
    for (let i = 0; i < perDay; i += 1) {
      const position = among[positionAt(shares, hashPoint(`${seed} ${day} ${i}`))]!;
      const succeeded = random() < rates[position]!;
      chosen[position]! += 1;
      told.succeeded += Number(succeeded);
      open.push({ day, position, succeeded });
    }
    told.chosen.push(chosen);
  }
  return told;
}

const SEEDS = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
const base = { rates: [0.04, 0.05, 0.08, 0.03], days: 60, perDay: 400, delay: 1 };

describe('choosing by what was learnt', () => {
  test('comes to choose the best nearly always, in each of ten stories', () => {
    for (const seed of SEEDS) {
      const last = tell({ ...base, mode: 'bandit', seed }).chosen.at(-1)!;
      expect(last[2]! / base.perDay, `seed ${seed}`).toBeGreaterThan(0.75);
    }
  });

  test('loses less than half of what choosing evenly loses', () => {
    const lost = (mode: ChoiceMode, seed: number): number => {
      const { chosen } = tell({ ...base, mode, seed });
      // What the best would have brought, less what these are expected to: no luck in it.
      return chosen.flat().reduce((sum, n, i) => sum + n * (0.08 - base.rates[i % 4]!), 0);
    };
    for (const seed of SEEDS) {
      expect(lost('bandit', seed), `seed ${seed}`).toBeLessThan(lost('equal', seed) / 2);
    }
  });

  test('learns as surely when windows close a week later', () => {
    for (const seed of SEEDS) {
      const { chosen } = tell({ ...base, mode: 'bandit', delay: 7, seed });
      expect(chosen.at(-1)![2]! / base.perDay, `seed ${seed}`).toBeGreaterThan(0.75);
    }
  });

  test('never starves a variant, not even one that did nothing for long', () => {
    for (const seed of SEEDS) {
      const { chosen } = tell({ ...base, rates: [0.2, 0, 0.02], mode: 'bandit', seed });
      const least = (EXPLORED / 3) * base.perDay;
      const worst = chosen.slice(-30).reduce((sum, day) => sum + day[1]!, 0) / 30;
      // Three standard errors of the days' mean.
      expect(worst, `seed ${seed}`).toBeGreaterThan(least - 3 * Math.sqrt(least / 30));
    }
  });

  test('gives a new message that is better its place, however late it comes', () => {
    for (const seed of SEEDS) {
      const late = tell({
        ...base,
        rates: [0.04, 0.05, 0.09],
        joins: [0, 0, 30],
        mode: 'bandit',
        seed,
      });
      expect(late.chosen[29]![2]).toBe(0);
      // Its first day, of which nothing is known yet, is no takeover.
      expect(late.chosen[30]![2]! / base.perDay).toBeLessThan(0.5);
      expect(late.chosen.at(-1)![2]! / base.perDay, `seed ${seed}`).toBeGreaterThan(0.7);
    }
  });

  test('divides evenly where nothing is to be learnt', () => {
    const { chosen } = tell({ ...base, mode: 'equal', seed: 1 });
    for (const i of base.rates.keys()) {
      const n = chosen.reduce((sum, day) => sum + day[i]!, 0);
      const all = base.days * base.perDay;
      expect(Math.abs(n - all / 4)).toBeLessThan(5 * Math.sqrt((all * 3) / 16));
    }
  });
});

test('probabilities add up to one, and each is at least its share of what explores', () => {
  const random = randomOf(3);
  for (let story = 0; story < 200; story += 1) {
    const trials = Array.from({ length: 2 + Math.floor(random() * 12) }, () => {
      const settled = Math.floor(random() * 3_000);
      return { settled, succeeded: Math.floor(random() * random() * settled) };
    });
    const shares = allocate(posteriorsOf(trials), [...trials.keys()], 'bandit');
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const share of shares) {
      expect(share).toBeGreaterThanOrEqual(EXPLORED / trials.length - 1e-12);
    }
  }
});

test('a point falls on the position whose share holds it', () => {
  const shares = [0.2, 0.5, 0.3];
  expect([0, 0.19, 0.2, 0.69, 0.71, 0.999_999].map((p) => positionAt(shares, p))).toEqual([
    0, 0, 1, 1, 2, 2,
  ]);
});
