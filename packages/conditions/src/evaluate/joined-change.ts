/** An answer that holds until an instant. */
export interface Judgement {
  readonly result: boolean;
  /** Epoch milliseconds; Infinity: for good. */
  readonly changesAt: number;
}

/** What joins take of their parts. */
interface Part {
  readonly result: boolean;
  readonly changesAt: () => number;
}

/**
 * Until when parts of which all must be true (or, with `some`, one) keep their joint answer at
 * least. One part that decides it keeps it as long as it lasts; else the first part that changes
 * may change it.
 */
export function joinedChange(join: 'all' | 'some', parts: readonly Part[]): number {
  const deciding = parts.filter(({ result }) => result === (join === 'some'));
  const changes = (deciding.length > 0 ? deciding : parts).map(({ changesAt }) => changesAt());
  return deciding.length > 0 ? Math.max(...changes) : Math.min(...changes);
}
