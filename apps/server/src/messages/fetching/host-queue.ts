import type { FetchAnswer } from './fetch-call.ts';

export interface HostQueue {
  /** Asks when it is its turn; fails at once while the host is left alone. Undefined: the line is too long. */
  ask(call: HostCall): Promise<FetchAnswer> | undefined;
  /** Nothing waits and nothing is under way. */
  idle(): boolean;
}

/** Calls to one host at a time. */
const MOST_AT_ONCE = 6;
const MOST_WAITING = 1_000;
/** So many failures in a row, and the host is left alone for a while. */
const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 2 * 60_000;

export type HostCall = () => Promise<FetchAnswer & { hostTrouble?: boolean }>;

interface Waiting {
  call: HostCall;
  done: (answer: FetchAnswer) => void;
}

/**
 * A line before one host: few calls at once, and none while it fails, so that a slow host costs its
 * own messages time and nobody else's.
 */
export function createHostQueue(host: string, { clock }: { clock: () => Date }): HostQueue {
  const waiting: Waiting[] = [];
  let underWay = 0;
  let failures = 0;
  let pauses = 0;
  let closedUntil = 0;

  const isClosed = (): boolean => clock().getTime() < closedUntil;
  const leftAlone = (): FetchAnswer => ({
    ok: false,
    reason: `${host} failed repeatedly and is left alone until ${new Date(closedUntil).toISOString()}.`,
  });

  function next(): void {
    if (isClosed()) {
      for (const { done } of waiting.splice(0)) done(leftAlone());
      return;
    }
    // After a pause, one call finds out whether it is over.
    const most = pauses > 0 ? 1 : MOST_AT_ONCE;
    while (underWay < most && waiting.length > 0) void run(waiting.shift()!);
  }

  async function run({ call, done }: Waiting): Promise<void> {
    underWay += 1;
    // A way out that is closed already throws.
    const failed = (error: Error) =>
      ({ ok: false, reason: error.message, hostTrouble: true }) as const;
    const { hostTrouble = false, ...answer } = await call().catch(failed);
    underWay -= 1;
    if (hostTrouble) suffer();
    else [failures, pauses] = [0, 0];
    done(answer);
    next();
  }

  function suffer(): void {
    failures += 1;
    if (isClosed() || (failures < FAILURES_TO_OPEN && pauses === 0)) return;
    closedUntil = clock().getTime() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses);
    pauses += 1;
  }

  return {
    ask(call) {
      if (isClosed()) return Promise.resolve(leftAlone());
      if (waiting.length >= MOST_WAITING) return undefined;
      return new Promise((done) => {
        waiting.push({ call, done });
        next();
      });
    },
    idle: () => underWay === 0 && waiting.length === 0 && pauses === 0,
  };
}
