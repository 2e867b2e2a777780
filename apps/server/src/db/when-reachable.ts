import { setTimeout as pause } from 'node:timers/promises';
import { isUnreachable } from './is-unreachable.ts';
import { connect } from './pool.ts';

export interface Patience {
  /** How long the database may take until it takes connections. */
  patienceMs?: number;
  /** It does not yet: why, once for each reason that follows another. */
  onWait?: (error: Error) => void;
  /** Whoever waits was told to stop. */
  signal?: AbortSignal;
}

/** A server that starts up may replay for minutes what a crash left behind. */
const PATIENCE_MS = 5 * 60_000;
const POLL_MS = 250;

/** Resolves when the database takes a connection; what only somebody can mend is thrown at once. */
export async function whenReachable(
  url: string,
  { patienceMs = PATIENCE_MS, onWait, signal }: Patience = {},
): Promise<void> {
  const until = performance.now() + patienceMs;
  let told: string | undefined;
  for (;;) {
    try {
      return await (await connect({ url })).end();
    } catch (cause) {
      if (!isUnreachable(cause) || performance.now() >= until) throw cause;
      const error = cause as Error;
      if (error.message !== told) onWait?.(error);
      told = error.message;
      await pause(POLL_MS, undefined, { signal });
    }
  }
}
