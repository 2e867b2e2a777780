import type { Tested } from './is-clear.ts';

export interface Lift {
  /** By how much the rate differs from the other one, as a share of that; null: that is zero. */
  relative: number | null;
  /** How likely the better of both is better by more than chance, one-sided; null: nobody knows. */
  sure: number | null;
}

/**
 * How a rate compares with another one. Sure by the normal approximation of the difference of two rates,
 * each smoothed by one who did and one who did not, so that few, none and all say little.
 */
export function liftOf(one: Tested, other: Tested): Lift {
  if (one.sent === 0 || other.sent === 0) return { relative: null, sure: null };
  const [rate, base] = [one.did / one.sent, other.did / other.sent];
  const difference = Math.abs(smooth(one) - smooth(other));
  const spread = Math.sqrt(variance(one) + variance(other));
  return {
    relative: base === 0 ? null : rate / base - 1,
    sure: rate === base ? null : normal(difference / spread),
  };
}

function smooth({ did, sent }: Tested): number {
  return (did + 1) / (sent + 2);
}

function variance(tested: Tested): number {
  const rate = smooth(tested);
  return (rate * (1 - rate)) / (tested.sent + 2);
}

/** Of the standard normal distribution; Abramowitz and Stegun 7.1.26, to 1.5e-7. */
function normal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
    t *
    Math.exp(-x * x);
  const erf = 1 - tail;
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}
