import { DEFAULT_MEASURE } from '../measures/index.ts';
import { DEFAULT_PERIOD } from '../periods/index.ts';
import { isReference } from '../predicates/reference.ts';
import type { Measured } from './measured.ts';

/** Facts that decide a condition, whatever the others are: so many of the newest, and of the oldest. */
export interface Enough {
  /** Counted from now into the past; all that lie ahead of now are needed as well. */
  readonly newest: number;
  readonly oldest: number;
}

/** Every fact may count. */
export const ALL_FACTS: Enough = { newest: Infinity, oldest: Infinity };

/** Thresholds above this are not worth it. */
const MOST = 1000;

/**
 * How few facts, nearest to one end of all that a contact has, decide a condition and when time alone
 * changes that: a count does not matter beyond one more than its threshold.
 */
export function enoughOf(condition: Measured): Enough {
  return condition.where ? ALL_FACTS : enoughMatching(condition);
}

/** The same of the facts that match its filter. */
export function enoughMatching({
  measure = DEFAULT_MEASURE,
  period = DEFAULT_PERIOD,
}: Omit<Measured, 'where'>): Enough {
  if (measure.kind === 'first') return { newest: 0, oldest: 1 };
  if (measure.kind === 'last') return { newest: 1, oldest: 0 };
  if (measure.kind !== 'count' || isReference(measure.value)) return ALL_FACTS;
  const most = Math.max(...[measure.value].flat().map(Number)) + 1;
  if (!(most <= MOST)) return ALL_FACTS;
  switch (period.kind) {
    // What leaves them leaves in order, the oldest first, and nothing that happened is ahead of them.
    case 'last':
    case 'today':
    case 'this':
    case 'after':
    case 'ever':
      return { newest: most, oldest: 0 };
    // What enters them enters in order, and nothing leaves.
    case 'longer_ago':
    case 'before':
      return { newest: 0, oldest: most };
    default:
      return ALL_FACTS;
  }
}

/** What is enough for several conditions. */
export function enoughForAll(some: readonly Enough[]): Enough {
  return {
    newest: Math.max(0, ...some.map(({ newest }) => newest)),
    oldest: Math.max(0, ...some.map(({ oldest }) => oldest)),
  };
}
