export interface TokenBucket {
  /** Takes one token, or says how many milliseconds until there is one. */
  take(now: number): { ok: true } | { ok: false; waitMs: number };
  /** Tokens that there will be within `ms`, so that no more is claimed than can leave soon. */
  within(now: number, ms: number): number;
}

/** Lets `ratePerSecond` through on average, in bursts of a tenth of a second. Times in milliseconds. */
export function createTokenBucket(ratePerSecond: number): TokenBucket {
  const perMs = ratePerSecond / 1_000;
  const most = Math.max(1, ratePerSecond / 10);
  let tokens = most;
  let at = -Infinity;
  const refill = (now: number): void => {
    // A clock that is set back gives nothing and takes nothing.
    if (now > at) {
      tokens = at === -Infinity ? most : Math.min(most, tokens + (now - at) * perMs);
      at = now;
    }
  };
  return {
    take(now) {
      refill(now);
      if (tokens >= 1) {
        tokens -= 1;
        return { ok: true };
      }
      return { ok: false, waitMs: Math.ceil((1 - tokens) / perMs) };
    },
    within(now, ms) {
      refill(now);
      return Math.floor(tokens + ms * perMs);
    },
  };
}
