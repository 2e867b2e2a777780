import { wilsonInterval } from './wilson-interval.ts';

export interface Tested {
  sent: number;
  did: number;
}

/** Two-sided normal quantiles of 5 % shared among so many pairs: of 2 to 10 variants. */
const Z_BY_PAIRS: Record<number, number> = {
  1: 1.959964,
  3: 2.39398,
  6: 2.638257,
  10: 2.807034,
  15: 2.935199,
  21: 3.038073,
  28: 3.123879,
  36: 3.19695,
  45: 3.260767,
};

/**
 * Whether one variant is better than each of the others by more than chance would do in one test of
 * twenty, all pairs taken together (Bonferroni), by Newcombe's interval of a difference. True of one
 * look at a time that was set before; who looks often finds differences that are none.
 */
export function isClear(counts: readonly Tested[], best: number): boolean {
  const pairs = (counts.length * (counts.length - 1)) / 2;
  const z = Z_BY_PAIRS[pairs];
  const leader = counts[best];
  if (!leader || z === undefined) return false;
  return counts.every((other, i) => i === best || leastDifference(leader, other, z) > 0);
}

/** Newcombe 1998, method 10, without correction for continuity. */
function leastDifference(a: Tested, b: Tested, z: number): number {
  if (a.sent === 0 || b.sent === 0) return -1;
  const [rateA, rateB] = [a.did / a.sent, b.did / b.sent];
  const low = wilsonInterval(a.did, a.sent, z).low;
  const high = wilsonInterval(b.did, b.sent, z).high;
  return rateA - rateB - Math.hypot(rateA - low, high - rateB);
}
