/** How much a new measure counts against all before it. */
const WEIGHT = 0.3;

export interface Pace {
  /** How many may be handled now. */
  allowed(): number;
  /** So many were handled in so many milliseconds. */
  took(handled: number, ms: number): void;
}

/**
 * As many at once as take about `aimMs` on this machine as it is now, so that whoever comes
 * meanwhile does not wait for long.
 */
export function createPace({
  aimMs,
  least,
  most,
}: {
  aimMs: number;
  least: number;
  most: number;
}): Pace {
  let msOfOne: number | undefined;
  return {
    allowed() {
      if (msOfOne === undefined) return least;
      return Math.round(Math.min(most, Math.max(least, aimMs / msOfOne)));
    },
    took(handled, ms) {
      // A few say more about the statements than about themselves.
      if (handled < least) return;
      const measured = Math.max(ms, 1) / handled;
      msOfOne = msOfOne === undefined ? measured : msOfOne + WEIGHT * (measured - msOfOne);
    },
  };
}
