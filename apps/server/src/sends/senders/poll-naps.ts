const POLL_MS = 1_000;
/** Where nothing was due for a while: who plans rings, and what falls due until the next look is known. */
const QUIET_POLL_MS = 3_000;
const QUIET_AFTER_MS = 30_000;

export interface PollNaps {
  /** By when it is asked what is due, if that is asked at `now`. */
  horizon(now: Date): Date;
  /** Something is due by the horizon. */
  found(now: Date): void;
  /** How long until the next look, in milliseconds. */
  readonly ms: number;
}

/** Senders with nothing to send look seldom, and ahead, so that nothing is later for it. */
export function createPollNaps(begun: Date): PollNaps {
  let dueAt = begun.getTime();
  let ms = POLL_MS;
  return {
    horizon(now) {
      const isQuiet = now.getTime() - dueAt > QUIET_AFTER_MS;
      ms = isQuiet ? QUIET_POLL_MS : POLL_MS;
      return new Date(now.getTime() + (isQuiet ? ms : 0));
    },
    found(now) {
      dueAt = now.getTime();
      ms = POLL_MS;
    },
    get ms() {
      return ms;
    },
  };
}
