import { describe, expect, test } from 'vitest';
import { posteriorsOf, type Trials } from './posteriors.ts';
import { betaDraw, randomOf } from './test-random.ts';

/** The documented error of the integral. */
const ERROR = 0.002;

const of = (...counts: [settled: number, succeeded: number][]): Trials[] =>
  counts.map(([settled, succeeded]) => ({ settled, succeeded }));

const all = (trials: readonly Trials[]): number[] => trials.map((_, i) => i);

describe('the probability to be best', () => {
  test('is the same for all of whom nothing is known', () => {
    for (const n of [1, 2, 7, 50]) {
      const trials = Array.from({ length: n }, () => ({ settled: 0, succeeded: 0 }));
      for (const best of posteriorsOf(trials).best(all(trials))) expect(best).toBeCloseTo(1 / n, 6);
    }
  });

  test('agrees with many draws', { timeout: 60_000 }, () => {
    const cases = [
      of([0, 0], [100, 10]),
      of([40, 1], [60, 6], [500, 30]),
      of([2_000, 100], [2_000, 120], [50, 2], [0, 0]),
      of([100_000, 5_000], [100_000, 5_100]),
      of([30, 30], [30, 29]),
    ];
    const draws = 200_000;
    for (const [seed, trials] of cases.entries()) {
      const random = randomOf(seed + 1);
      const posteriors = posteriorsOf(trials);
      const wins = trials.map(() => 0);
      const pooled = trials.reduce(
        (sum, { settled, succeeded }) => [sum[0]! + settled, sum[1]! + succeeded],
        [20, 1],
      );
      const common = pooled[1]! / pooled[0]!;
      for (let i = 0; i < draws; i += 1) {
        const drawn = trials.map(({ settled, succeeded }) =>
          betaDraw(10 * common + succeeded, 10 * (1 - common) + settled - succeeded, random),
        );
        wins[drawn.indexOf(Math.max(...drawn))]! += 1;
      }
      for (const [i, best] of posteriors.best(all(trials)).entries()) {
        const share = wins[i]! / draws;
        // Four standard errors of the draws themselves.
        const noise = 4 * Math.sqrt((share * (1 - share)) / draws) + 1e-4;
        expect(Math.abs(best - share), `case ${seed}, variant ${i}`).toBeLessThan(ERROR + noise);
      }
    }
  });

  test('of two is the closed form', () => {
    // P(Beta(a, b) > Beta(c, d)) for whole c, after Evan Miller's sum; a prior of weight 10 and mean 1/2.
    const trials = of([20, 15], [20, 5]);
    const [a, b, c, d] = [5 + 15, 5 + 5, 5 + 5, 5 + 15];
    const lnBeta = (x: number, y: number) =>
      lnFactorial(x - 1) + lnFactorial(y - 1) - lnFactorial(x + y - 1);
    let exact = 0;
    for (let i = 0; i < a; i += 1) {
      exact += Math.exp(lnBeta(c + i, b + d) - Math.log(b + i) - lnBeta(1 + i, b) - lnBeta(c, d));
    }
    // Counts by which what is common to both is exactly one half.
    const shifted = posteriorsOf([...trials, { settled: 40, succeeded: 29 }]);
    const [first] = shifted.best([0, 1]);
    expect(Math.abs(first! - exact)).toBeLessThan(ERROR);
  });

  test('leaves out who is not asked about', () => {
    const posteriors = posteriorsOf(of([1_000, 10], [1_000, 200], [1_000, 20]));
    const [first, third] = posteriors.best([0, 2]);
    expect(first! + third!).toBeCloseTo(1, 9);
    expect(third!).toBeGreaterThan(first!);
  });

  test('stays finite where counts are huge or one-sided', () => {
    const trials = of([5_000_000, 0], [5_000_000, 5_000_000], [3, 0], [1_000_000, 40_000]);
    for (const best of posteriorsOf(trials).best(all(trials)))
      expect(best).toBeGreaterThanOrEqual(0);
    expect(posteriorsOf(trials).best(all(trials))[1]).toBeCloseTo(1, 3);
  });
});

test('a new variant among well-known ones is tried, and does not take over', () => {
  const [, fresh] = posteriorsOf(of([10_000, 600], [0, 0], [10_000, 400])).best([0, 1, 2]);
  expect(fresh!).toBeGreaterThan(0.1);
  expect(fresh!).toBeLessThan(0.5);
});

test('an interval holds the rate, and narrows', () => {
  const few = posteriorsOf(of([100, 10])).interval(0, 0.95);
  const many = posteriorsOf(of([10_000, 1_000])).interval(0, 0.95);
  expect(few[0]).toBeLessThan(0.1);
  expect(few[1]).toBeGreaterThan(0.1);
  expect(many[1] - many[0]).toBeLessThan((few[1] - few[0]) / 5);
  // Of 10,000 trials as the normal approximation.
  expect(many[1] - many[0]).toBeCloseTo(2 * 1.96 * Math.sqrt((0.1 * 0.9) / 10_000), 3);
});

function lnFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i += 1) sum += Math.log(i);
  return sum;
}
