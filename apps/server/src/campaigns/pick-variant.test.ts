import type { CampaignSplit } from '@perennial/contracts';
import { describe, expect, test } from 'vitest';
import { isHeldOut } from './pick-hold-out.ts';
import { pickVariant, waitsForWinner } from './pick-variant.ts';

const N = 20_000;

function splitOf(shares: number[], testShare?: number): { id: number; split: CampaignSplit } {
  const test = testShare && {
    share: testShare,
    by: 'opened' as const,
    window_minutes: 60,
    wait_minutes: 60,
  };
  return {
    id: 7,
    split: { others: shares.slice(1).map((_, i) => i + 2), shares, test: test || null },
  };
}

function percents(of: (id: number) => number, n: number): number[] {
  const counts = Array.from({ length: n }, () => 0);
  for (let id = 1; id <= N; id += 1) counts[of(id)]! += 1;
  return counts.map((count) => (count / N) * 100);
}

describe('a variant', () => {
  test.each([
    [[50, 50]],
    [[34, 33, 33]],
    [[1, 99]],
    [[13, 13, 13, 13, 12, 12, 12, 12]],
    [[80, 15, 5]],
  ])('is had by its share of %j', (shares) => {
    const campaign = splitOf(shares);
    const found = percents((id) => pickVariant(campaign, id), shares.length);
    for (const [i, share] of shares.entries()) {
      // Five standard deviations of a share: a right split fails once in a million.
      const deviation = Math.sqrt((share * (100 - share)) / N);
      expect(Math.abs(found[i]! - share)).toBeLessThan(5 * deviation);
    }
  });

  test('is the same whenever it is asked, and another one in another campaign', () => {
    const campaign = splitOf([50, 50]);
    const ids = Array.from({ length: 200 }, (_, i) => i + 1);
    const first = ids.map((id) => pickVariant(campaign, id));
    expect(ids.map((id) => pickVariant(campaign, id))).toEqual(first);
    expect(ids.map((id) => pickVariant({ ...campaign, id: 8 }, id))).not.toEqual(first);
  });

  test('does not depend on who is tested, nor on who is kept out', () => {
    const campaign = { ...splitOf([50, 50], 20), hold_out: 20 };
    const ids = Array.from({ length: N }, (_, i) => i + 1);
    const shareOfB = (kept: number[]): number =>
      kept.filter((id) => pickVariant(campaign, id) === 1).length / kept.length;
    const tested = ids.filter((id) => !waitsForWinner(campaign, id));
    expect(tested.length / N).toBeCloseTo(0.2, 1);
    expect(shareOfB(tested)).toBeCloseTo(0.5, 1);
    expect(shareOfB(ids.filter((id) => isHeldOut(campaign, id)))).toBeCloseTo(0.5, 1);
  });

  test('is the first, and nobody waits, without a split', () => {
    expect(pickVariant({ id: 1, split: null }, 5)).toBe(0);
    expect(waitsForWinner({ id: 1, split: null }, 5)).toBe(false);
    expect(waitsForWinner(splitOf([50, 50]), 5)).toBe(false);
  });
});
