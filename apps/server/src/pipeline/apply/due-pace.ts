/** How long a batch follows what is due, so that those who arrive meanwhile wait no longer. */
const BESIDE_ITEMS_MS = 100;
/** With nothing waiting, larger batches cost less each. */
const ALONE_MS = 300;
/** From so many on, one statement asks for a crowd. */
const LEAST = 100;

export interface DuePace {
  /** Due memberships and runs that the next batch follows at most, beside items or alone. */
  most(batch: { beside: boolean }): number;
  /** So many took so long. */
  took(followed: { handled: number; ms: number }): void;
}

/**
 * Learns from what one worker's batches take. It begins with few: the first of a crowd wait for code
 * and plans that nobody has used yet.
 */
export function createDuePace(): DuePace {
  let each = BESIDE_ITEMS_MS / LEAST;
  return {
    most: ({ beside }) => Math.max(LEAST, Math.round((beside ? BESIDE_ITEMS_MS : ALONE_MS) / each)),
    took({ handled, ms }) {
      if (handled >= LEAST) each = (each + ms / handled) / 2;
    },
  };
}

/** No limit but the batch's own. */
export const UNPACED: DuePace = { most: () => Infinity, took: () => undefined };
