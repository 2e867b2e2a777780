import { describe, expect, test } from 'vitest';
import { allocate, positionAt } from './allocate.ts';
import { estimateLift, evidenceOf, liftOf, type LiftSums } from './lift.ts';
import { posteriorsOf } from './posteriors.ts';
import { randomOf } from './test-random.ts';

/** What is seen after each batch of choices of one block, learning as it goes. */
function* looks(
  rates: readonly number[],
  { batches, size, seed }: { batches: number; size: number; seed: number },
): Generator<LiftSums & { truth: number }> {
  const random = randomOf(seed);
  const trials = rates.map(() => ({ settled: 0, succeeded: 0 }));
  const sums = { n: 0, sum: 0, squares: 0 };
  let better = 0;
  const even = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  for (let batch = 0; batch < batches; batch += 1) {
    const shares = allocate(posteriorsOf(trials), [...rates.keys()], 'bandit');
    const expected = shares.reduce((sum, share, i) => sum + share * rates[i]!, 0);
    const outcomes = Array.from({ length: size }, () => {
      const position = positionAt(shares, random());
      return { position, succeeded: random() < rates[position]! };
    });
    for (const { position, succeeded } of outcomes) {
      trials[position]!.settled += 1;
      trials[position]!.succeeded += Number(succeeded);
      const lift = liftOf({ succeeded, probability: shares[position]!, available: rates.length });
      sums.n += 1;
      sums.sum += lift;
      sums.squares += lift * lift;
      better += expected - even;
    }
    yield { ...sums, truth: better / sums.n };
  }
}

describe('looking after every batch', () => {
  const runs = 200;

  test('finds a lift where there is none in less than 5 of 100 blocks', { timeout: 60_000 }, () => {
    let found = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      for (const sums of looks([0.1, 0.1, 0.1], { batches: 40, size: 40, seed })) {
        if (evidenceOf(sums) < 20) continue;
        found += 1;
        break;
      }
    }
    expect(found / runs).toBeLessThanOrEqual(0.05);
  });

  test('ever excludes the true mean lift in less than 5 of 100 blocks', { timeout: 60_000 }, () => {
    let missed = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      for (const sums of looks([0.05, 0.2, 0.1], { batches: 25, size: 40, seed: 10_000 + seed })) {
        const { low, high } = estimateLift(sums);
        if (low <= sums.truth && sums.truth <= high) continue;
        missed += 1;
        break;
      }
    }
    expect(missed / runs).toBeLessThanOrEqual(0.05);
  });

  test('becomes sure of a lift that is there', () => {
    let last: LiftSums = { n: 0, sum: 0, squares: 0 };
    for (const sums of looks([0.05, 0.2], { batches: 200, size: 100, seed: 7 })) last = sums;
    const { mean, low, high, evidence } = estimateLift(last);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(mean);
    expect(evidence).toBeGreaterThan(20);
  });
});

describe('one choice', () => {
  test('lifts by nothing on average, if variants are alike or chosen evenly', () => {
    const shares = [0.8, 0.15, 0.05];
    const mean = shares.reduce(
      (sum, probability) =>
        sum + probability * liftOf({ succeeded: true, probability, available: 3 }),
      0,
    );
    expect(mean).toBeCloseTo(0, 12);
    expect(liftOf({ succeeded: true, probability: 1 / 3, available: 3 })).toBeCloseTo(0, 12);
    expect(liftOf({ succeeded: false, probability: 0.05, available: 3 })).toBe(0);
  });

  test('never pulls down further than the share that explores allows', () => {
    const rarest = allocate({ best: () => [1, 0, 0, 0] }, [0, 1, 2, 3], 'bandit')[1]!;
    expect(liftOf({ succeeded: true, probability: rarest, available: 4 })).toBeCloseTo(-9, 9);
  });
});

test('nothing is said of no choices', () => {
  expect(estimateLift({ n: 0, sum: 0, squares: 0 })).toEqual({
    mean: 0,
    low: -9,
    high: 1,
    evidence: 1,
  });
});
