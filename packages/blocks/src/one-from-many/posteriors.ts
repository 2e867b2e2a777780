/** What was learnt of a variant: how many of its windows closed, and in how many of them it did. */
export interface Trials {
  readonly settled: number;
  readonly succeeded: number;
}

/** What is believed of the rates of variants that stand beside each other. */
export interface Posteriors {
  /** Of those of these positions, the probability that each has the greatest rate. */
  readonly best: (among: readonly number[]) => number[];
  /** The rate that is expected of a variant. */
  readonly rate: (position: number) => number;
  /** Where its rate lies with a probability, with as much left out below as above. */
  readonly interval: (position: number, probability: number) => readonly [number, number];
}

/** A Beta distribution. */
interface Beta {
  readonly a: number;
  readonly b: number;
}

/**
 * A variant of which nothing is known is believed to be like the others, and so surely as after this
 * many windows: with a prior of any rate at all, a new message would get nearly everybody until its
 * first windows close.
 */
const PRIOR_WEIGHT = 10;

/** While nothing is known of any: one in twenty. */
const FIRST_GUESS = { succeeded: 1, settled: 20 };

/**
 * Beta posteriors of rates, as points of one grid. Where the best of them is asked for, the integral
 * of each density times the chances that all others are smaller is a sum over the grid: its error
 * is below 0.002 (`posteriors.test.ts` compares it with a closed form and with draws).
 */
export function posteriorsOf(variants: readonly Trials[]): Posteriors {
  const betas = betasOf(variants);
  const grid = gridOf(betas);
  const below = betas.map((beta) => cumulated(beta, grid));
  return {
    best: (among) => bestAmong(among.map((position) => below[position]!)),
    rate: (position) => meanOf(betas[position]!),
    interval: (position, probability) => {
      const rest = (1 - probability) / 2;
      const chances = below[position]!;
      return [rateAt(rest, chances, grid), rateAt(1 - rest, chances, grid)];
    },
  };
}

function betasOf(variants: readonly Trials[]): Beta[] {
  const total = variants.reduce(
    (sum, { settled, succeeded }) => ({
      settled: sum.settled + settled,
      succeeded: sum.succeeded + succeeded,
    }),
    FIRST_GUESS,
  );
  const common = total.succeeded / total.settled;
  return variants.map(({ settled, succeeded }) => ({
    a: PRIOR_WEIGHT * common + succeeded,
    b: PRIOR_WEIGHT * (1 - common) + (settled - succeeded),
  }));
}

function meanOf({ a, b }: Beta): number {
  return a / (a + b);
}

/** Points of the grid for each posterior, in standard deviations of its log-odds to either side. */
const REACH = 10;
/** Together; few variants get more each. */
const POINTS = 2_400;

/**
 * Log-odds at which all posteriors are looked at: there each is smooth and nearly symmetrical,
 * however small the rate.
 */
function gridOf(betas: readonly Beta[]): Float64Array {
  const each = Math.round(Math.min(160, Math.max(48, POINTS / betas.length)));
  const points = betas.flatMap(({ a, b }) => {
    const centre = digamma(a) - digamma(b);
    const deviation = Math.sqrt(trigamma(a) + trigamma(b));
    return Array.from(
      { length: each + 1 },
      (_, i) => centre + deviation * REACH * ((2 * i) / each - 1),
    );
  });
  return Float64Array.from(points).sort();
}

/** The chance that the log-odds are at most each point. */
function cumulated({ a, b }: Beta, grid: Float64Array): Float64Array {
  const density = grid.map((x) => a * x - (a + b) * softplus(x));
  const top = density.reduce((most, each) => Math.max(most, each), -Infinity);
  const chances = new Float64Array(grid.length);
  let before = Math.exp(density[0]! - top);
  for (let i = 1; i < grid.length; i += 1) {
    const here = Math.exp(density[i]! - top);
    chances[i] = chances[i - 1]! + ((before + here) / 2) * (grid[i]! - grid[i - 1]!);
    before = here;
  }
  const all = chances[grid.length - 1]!;
  return chances.map((chance) => chance / all);
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Of each the sum, over the grid, of its density times the chances of all others to lie below. */
function bestAmong(chances: readonly Float64Array[]): number[] {
  const best = chances.map(() => 0);
  let before = othersBelow(chances, 0);
  for (let i = 1; i < (chances[0]?.length ?? 0); i += 1) {
    const here = othersBelow(chances, i);
    for (const [k, own] of chances.entries()) {
      best[k]! += ((before[k]! + here[k]!) / 2) * (own[i]! - own[i - 1]!);
    }
    before = here;
  }
  const total = best.reduce((sum, chance) => sum + chance, 0);
  return best.map((chance) => chance / total);
}

/** For each, the chance that all others are at most this point of the grid. */
function othersBelow(chances: readonly Float64Array[], at: number): Float64Array {
  const others = new Float64Array(chances.length);
  let earlier = 1;
  for (let k = 0; k < chances.length; k += 1) {
    others[k] = earlier;
    earlier *= chances[k]![at]!;
  }
  let later = 1;
  for (let k = chances.length - 1; k >= 0; k -= 1) {
    others[k]! *= later;
    later *= chances[k]![at]!;
  }
  return others;
}

/** The rate below which it lies with this chance. */
function rateAt(chance: number, chances: Float64Array, grid: Float64Array): number {
  const after = Math.max(
    1,
    chances.findIndex((each) => each >= chance),
  );
  const [low, high] = [chances[after - 1]!, chances[after]!];
  const share = high > low ? (chance - low) / (high - low) : 0;
  const odds = grid[after - 1]! + share * (grid[after]! - grid[after - 1]!);
  return 1 / (1 + Math.exp(-odds));
}

/** From here on the series of both functions is exact to fifteen digits. */
const FAR = 12;

/** Derivative of log Γ: recurrence up to where its asymptotic series holds (Abramowitz & Stegun 6.3.18). */
function digamma(x: number): number {
  let value = 0;
  let at = x;
  for (; at < FAR; at += 1) value -= 1 / at;
  const r = 1 / (at * at);
  return value + Math.log(at) - 0.5 / at - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r / 240)));
}

/** Its derivative (6.4.12). */
function trigamma(x: number): number {
  let value = 0;
  let at = x;
  for (; at < FAR; at += 1) value += 1 / (at * at);
  const r = 1 / (at * at);
  return value + 1 / at + r / 2 + (r / at) * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r / 30)));
}
