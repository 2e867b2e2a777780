export interface TokenBucket {
  /** Takes one token, or says how many milliseconds until there is one. */
  take(now: number): { ok: true } | { ok: false; waitMs: number };
  /** Tokens that there will be within `ms`, so that no more is claimed than can leave soon. */
  within(now: number, ms: number): number;
}

/**
 * Lets `ratePerSecond` through on average, in bursts of a tenth of a second; with `shares`, so many such
 * buckets together. Times in milliseconds.
 */
export function createTokenBucket(ratePerSecond: number, shares = () => 1): TokenBucket {
  const own = (): number => ratePerSecond / shares();
  const most = (): number => Math.max(1, own() / 10);
  let tokens = most();
  let at = -Infinity;
  const refill = (now: number): void => {
    // A clock that is set back gives nothing and takes nothing.
    if (now > at) {
      const whole = tokens + (now - at) * (own() / 1_000);
      tokens = at === -Infinity ? most() : Math.min(most(), whole);
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
      return { ok: false, waitMs: Math.ceil((1 - tokens) / (own() / 1_000)) };
    },
    within(now, ms) {
      refill(now);
      return Math.floor(tokens + ms * (own() / 1_000));
    },
  };
}
