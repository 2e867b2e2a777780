/** What is sent to many holds a connection and a core for so long at a time; what somebody waits for goes beside it. */
const BATCH_MS = 200;
/** The first are rendered by code that has not run yet. */
const LEAST = 25;

export interface BulkPace {
  /** Deliveries of the next batch. */
  size(): number;
  /** So many took so long. */
  took(batch: { handled: number; ms: number }): void;
}

/** Learns from what batches take; at most so many are handed over together. */
export function createBulkPace({ most }: { most: number }): BulkPace {
  let each = BATCH_MS / LEAST;
  return {
    size: () => Math.min(most, Math.max(LEAST, Math.round(BATCH_MS / each))),
    took({ handled, ms }) {
      if (handled >= LEAST) each = (each + ms / handled) / 2;
    },
  };
}
