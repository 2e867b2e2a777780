const MINUTE = 60_000;

/** After the first, second, ... try; the last one for all that follow (RFC 5321 §4.5.4.1). */
const DELAYS = [1, 5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE);
const TROUBLE_DELAY = 10_000;

/**
 * How long to wait before the next try, in milliseconds. `random` (0 to 1) spreads what failed
 * together over a fifth around it.
 */
export function retryDelay({
  attempts,
  providerTrouble,
  random,
}: {
  /** Tries that were made. */
  attempts: number;
  /** The message is not to blame: it goes as soon as the provider works again. */
  providerTrouble: boolean;
  random: number;
}): number {
  const delay = providerTrouble
    ? TROUBLE_DELAY
    : DELAYS[Math.min(Math.max(attempts, 1), DELAYS.length) - 1]!;
  return Math.round(delay * (0.8 + 0.4 * random));
}
