const TROUBLES_TO_OPEN = 3;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

export interface CircuitBreaker {
  /** How many messages may be under way now; 0 while the provider is left alone. */
  allowance(now: number): number;
  /** The provider answered, whatever it said about the message. */
  fine(): void;
  /** True when this trouble makes the breaker open; `atOnce`: no second one is needed to be sure. */
  trouble(now: number, options?: { atOnce?: boolean }): boolean;
  /** The provider asks to be left alone until then; true if that is news. */
  hold(now: number, until: number): boolean;
  /** Until when the provider is left alone; not after now when it is not. */
  until(): number;
}

/**
 * Leaves a provider alone that fails message after message, for longer each time; then tries it
 * with a single one. Times in milliseconds.
 */
export function createCircuitBreaker(): CircuitBreaker {
  let troubles = 0;
  let pauses = 0;
  let closedUntil = 0;
  // What it asked for holds, though messages that were under way turn out well.
  let heldUntil = 0;
  return {
    allowance(now) {
      if (now < heldUntil) return 0;
      if (pauses === 0) return Infinity;
      return now < closedUntil ? 0 : 1;
    },
    fine() {
      troubles = 0;
      pauses = 0;
    },
    trouble(now, { atOnce = false } = {}) {
      troubles += 1;
      if (troubles < TROUBLES_TO_OPEN && !atOnce) return false;
      // Messages that were under way when it opened do not open it again.
      if (now < closedUntil) return false;
      closedUntil = now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses);
      pauses += 1;
      return true;
    },
    hold(now, until) {
      const isNews = now >= heldUntil;
      heldUntil = Math.max(heldUntil, until);
      pauses = Math.max(pauses, 1);
      return isNews;
    },
    until: () => Math.max(heldUntil, pauses === 0 ? 0 : closedUntil),
  };
}
