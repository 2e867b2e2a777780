import type { Posteriors } from './posteriors.ts';

export type ChoiceMode = 'bandit' | 'equal';

/**
 * This share of the choices is spread evenly whatever was learnt: a message that was unlucky at
 * first, or is new among many, is never starved, and each choice has a probability that it can be
 * weighed by.
 */
export const EXPLORED = 0.1;

/**
 * The probability with which each of these variants is to be chosen: that of being the best
 * (Thompson sampling), and the share that explores.
 */
export function allocate(
  posteriors: Pick<Posteriors, 'best'>,
  among: readonly number[],
  mode: ChoiceMode,
): number[] {
  const even = 1 / among.length;
  if (mode === 'equal' || among.length === 1) return among.map(() => even);
  return posteriors.best(among).map((best) => (1 - EXPLORED) * best + EXPLORED * even);
}

/** The position that a point of [0, 1) falls on. */
export function positionAt(probabilities: readonly number[], point: number): number {
  let left = point * probabilities.reduce((sum, each) => sum + each, 0);
  for (const [position, probability] of probabilities.entries()) {
    if (left < probability) return position;
    left -= probability;
  }
  // What rounding leaves over is the last one's.
  return probabilities.length - 1;
}
