export interface LookAhead {
  /** How many deliveries may be taken before they leave. */
  readonly target: number;
  /** Lines stand idle while more is being prepared: too little was taken. */
  starved(now: number): void;
  /** A parcel left this long after it was taken: too much was. */
  waited(ms: number, now: number): void;
}

const MOST = 1_000;
/** Longest that a parcel should wait, so that what changes meanwhile is still asked. */
const PATIENCE_MS = 1_500;
const GROW_EVERY_MS = 100;
const SHRINK_EVERY_MS = 500;

/**
 * Finds how much must be under way so that the lines never stand idle, whatever claiming and
 * rendering take at the moment, and no more than that. Times in milliseconds.
 */
export function createLookAhead(lines: number): LookAhead {
  const least = lines * 2;
  let target = Math.min(MOST, lines * 4);
  let grewAt = -Infinity;
  let shrankAt = -Infinity;
  return {
    get target() {
      return target;
    },
    starved(now) {
      if (now - grewAt < GROW_EVERY_MS) return;
      grewAt = now;
      target = Math.min(MOST, Math.ceil(target * 1.5));
    },
    waited(ms, now) {
      if (ms < PATIENCE_MS || now - shrankAt < SHRINK_EVERY_MS) return;
      shrankAt = now;
      target = Math.max(least, Math.floor(target * 0.7));
    },
  };
}
