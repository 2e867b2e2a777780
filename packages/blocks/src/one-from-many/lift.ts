import { EXPLORED } from './allocate.ts';

/** One choice whose window has closed. */
interface ClosedChoice {
  readonly succeeded: boolean;
  /** With which it was chosen. */
  readonly probability: number;
  /** Among how many. */
  readonly available: number;
}

/** Sums over closed choices, in whatever order: all that the sequence needs. */
export interface LiftSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * By how much one choice did better than an even choice among the same variants would have been
 * expected to: its outcome less the outcome weighted by how much rarer it was chosen than evenly.
 * Between -(1/EXPLORED - 1) and 1.
 */
export function liftOf({ succeeded, probability, available }: ClosedChoice): number {
  return succeeded ? 1 - 1 / (available * probability) : 0;
}

/** How far the mean lift may lie to either side, and how much speaks for its being above zero. */
interface LiftEstimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /**
   * Evidence against "no better than evenly": it exceeds 1/alpha ever, however often it is looked at,
   * with at most the probability alpha, if that is so.
   */
  readonly evidence: number;
}

/** Steps of the mixture: from nearly 1 down to where ten million choices still tell. */
const LAMBDAS = Array.from({ length: 18 }, (_, k) => 0.9 * 2 ** -k);
const WEIGHTS = weightsOf(LAMBDAS.length);

/** The furthest that one choice pulls down, and up. */
const DOWN = 1 / EXPLORED - 1;
const UP = 1;

/**
 * The mean lift with a confidence sequence: at all times at once it holds with the probability
 * `sure`, so that looking every day is no mistake.
 *
 * For outcomes x of which each is at least -c, given what was before it, and for 0 <= l < 1, the product of
 * exp(l (x - m) / c - psi(l) (x / c)^2) with psi(l) = -log(1 - l) - l and m the expected outcome is a
 * supermartingale that begins at 1 (Fan, Grama and Liu, "Exponential inequalities for martingales with
 * applications", Electron. J. Probab. 20, 2015; Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform,
 * nonparametric, nonasymptotic confidence sequences", Ann. Statist. 49, 2021, theorem 4), and so is a mixture
 * over several l. By Ville's inequality it exceeds 1/alpha ever with at most the probability alpha: the means
 * for which it does are ruled out. Weighing by logged probabilities as in Waudby-Smith, Wu, Ramdas,
 * Karampatziakis and Mineiro, "Anytime-valid off-policy inference for contextual bandits", 2022.
 */
export function estimateLift(sums: LiftSums, sure = 0.95): LiftEstimate {
  const { n, sum, squares } = sums;
  if (n === 0) return { mean: 0, low: -DOWN, high: UP, evidence: 1 };
  const mirrored = { n, sum: -sum, squares };
  // Half of what may go wrong to each side.
  const limit = 2 / (1 - sure);
  return {
    mean: sum / n,
    low: lowest(sums, DOWN, limit),
    high: -lowest(mirrored, UP, limit),
    evidence: evidenceOf(sums),
  };
}

/** See `LiftEstimate`. */
export function evidenceOf(sums: LiftSums): number {
  return Math.exp(Math.min(700, logMixture(sums, DOWN, 0)));
}

/** The smallest mean that is not ruled out. */
function lowest(sums: LiftSums, c: number, limit: number): number {
  let [out, open] = [-c, sums.sum / sums.n];
  if (logMixture(sums, c, out) < Math.log(limit)) return out;
  for (let i = 0; i < 60; i += 1) {
    const middle = (out + open) / 2;
    if (logMixture(sums, c, middle) < Math.log(limit)) open = middle;
    else out = middle;
  }
  return open;
}

/** The logarithm of the mixture, if the mean were this. */
function logMixture({ n, sum, squares }: LiftSums, c: number, mean: number): number {
  const terms = LAMBDAS.map((l, k) => {
    const psi = -Math.log1p(-l) - l;
    return Math.log(WEIGHTS[k]!) + (l * (sum - n * mean)) / c - (psi * squares) / (c * c);
  });
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((total, term) => total + Math.exp(term - top), 0));
}

/** Slowly falling, so that no size of a difference is forgotten. */
function weightsOf(n: number): number[] {
  const raw = Array.from({ length: n }, (_, k) => 1 / (k + 2));
  const total = raw.reduce((sum, each) => sum + each, 0);
  return raw.map((each) => each / total);
}
