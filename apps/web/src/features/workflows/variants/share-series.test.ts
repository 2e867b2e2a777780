import type { BlockVariants } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { dayShares, shareSeries } from './share-series.ts';

function variants(n: number, chosen: Record<string, number>[]): BlockVariants {
  return {
    variants: Array.from({ length: n }, (_, i) => ({ message: String(i + 1) })),
    days: chosen.map((each, i) => ({ day: `2026-05-0${i + 1}`, chosen: each })),
  } as BlockVariants;
}

test('variants that were chosen most have a band of their own, each with its colour', () => {
  const series = shareSeries(
    variants(3, [
      { 1: 5, 2: 9 },
      { 3: 1, 1: 10 },
    ]),
  );
  expect(series.map(({ message }) => message)).toEqual(['1', '2', '3']);
  expect(new Set(series.map(({ colour }) => colour)).size).toBe(3);
});

test('where there are more than colours the others are one band, and so is who is forgotten', () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [i + 1, 100 - i]));
  const block = variants(9, [{ ...many, 77: 4 }]);
  const series = shareSeries(block);
  expect(series.at(-1)!.message).toBeNull();
  expect(series).toHaveLength(8);
  const shares = dayShares(block.days[0]!, series);
  expect(shares['others']).toBe(93 + 92 + 4);
  expect(shares['1']).toBe(100);
});

test('nothing was chosen yet', () => {
  expect(shareSeries(variants(2, []))).toEqual([]);
});
