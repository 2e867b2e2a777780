import type { WinnerResult } from './queries.ts';

export interface Tested {
  sent: number;
  did: number;
}

/** With fewer sends of any variant nothing is told apart. */
export const FEWEST_SENT = 30;

/**
 * The variant with the greatest rate. Of those that are equal, and of all where any was sent to too
 * few or nobody did anything, the first: what waits is never left without a decision.
 */
export function pickWinner(counts: readonly Tested[]): {
  winner: number;
  how: Exclude<WinnerResult['how'], 'person'>;
} {
  if (counts.some(({ sent }) => sent < FEWEST_SENT)) return { winner: 0, how: 'too_little' };
  if (counts.every(({ did }) => did === 0)) return { winner: 0, how: 'too_little' };
  const best = counts.reduce((leader, each) => (isBetter(each, leader) ? each : leader));
  const equals = counts.filter((each) => !isBetter(best, each));
  return { winner: counts.indexOf(best), how: equals.length > 1 ? 'tie' : 'rate' };
}

/** Compared in whole numbers, so that equal rates are equal. */
function isBetter(a: Tested, b: Tested): boolean {
  return a.did * b.sent > b.did * a.sent;
}
