import type { AlarmThreshold } from '@perennial/contracts';
import type { Bucket } from './buckets.ts';

/** Weeks that say what is usual, and how many of them must be known. */
export const WEEKS = 6;
const LEAST_WEEKS = 3;
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_DEVIATION = 1.4826;
/** A period of which less than this was watched says nothing about too little. */
const LEAST_WATCHED = 0.5;

export interface Verdict {
  /** Null: not enough is known to judge. */
  bound: number | null;
  expected: number | null;
  fires: boolean;
  /** The program was down for most of it. */
  down: boolean;
}

/** What a number is judged by. */
interface Ground {
  threshold: AlarmThreshold;
  direction: 'below' | 'above';
  /** The same hour or weekday of the last weeks, as far as they are known. */
  history: readonly number[];
  /** The share of the period in which the program ran. */
  watched: number;
}

/**
 * Too few or too many. Where the program was down for a while, what arrived in the rest is taken for the
 * whole; where it was down for most of it, too little is no news. Too much is news in any case.
 */
export function judge(value: number, { threshold, direction, history, watched }: Ground): Verdict {
  const down = watched < LEAST_WATCHED;
  const { bound, expected } = boundOf(threshold, direction, history);
  if (bound === null) return { bound, expected, fires: false, down };
  const fires = direction === 'above' ? value > bound : !down && value / watched < bound;
  return { bound, expected, fires, down };
}

function boundOf(
  threshold: AlarmThreshold,
  direction: Ground['direction'],
  history: readonly number[],
): Pick<Verdict, 'bound' | 'expected'> {
  if (threshold.kind === 'number') return { bound: threshold.value, expected: null };
  if (history.length < LEAST_WEEKS) return { bound: null, expected: null };
  const expected = median(history);
  const room = threshold.tolerance * spreadOf(history, expected);
  const bound = direction === 'above' ? expected + room : Math.max(0, expected - room);
  return { bound, expected };
}

/** One strange week moves neither the median nor this. Counts vary by their square root at least. */
function spreadOf(values: readonly number[], middle: number): number {
  const deviation = median(values.map((value) => Math.abs(value - middle)));
  return Math.max(MAD_TO_DEVIATION * deviation, Math.sqrt(middle), 1);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The share of a period that lies outside of all gaps. */
export function watchedShare({ from, to }: Bucket, gaps: readonly Bucket[]): number {
  const lost = gaps.reduce(
    (sum, gap) => sum + Math.max(0, Math.min(to, gap.to) - Math.max(from, gap.from)),
    0,
  );
  return 1 - Math.min(1, lost / (to - from));
}
