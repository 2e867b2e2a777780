/** Long enough to tell a burst from a batch, short enough to answer it. */
const WINDOW_MS = 500;

export interface LoadMeter {
  /** A turn of so many milliseconds found work; 0 says that there was none. */
  worked(ms: number): void;
}

/** Tells about twice a second which share of the time, from 0 to 1, was spent on work. */
export function createLoadMeter({
  now,
  onShare,
}: {
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
  onShare: (share: number) => void;
}): LoadMeter {
  let since = now();
  let sum = 0;
  return {
    worked(ms) {
      sum += ms;
      const elapsed = now() - since;
      if (elapsed < WINDOW_MS) return;
      onShare(Math.min(1, sum / elapsed));
      since += elapsed;
      sum = 0;
    },
  };
}
