/** Decides how many calls a host gets now. */
export interface HostGate {
  /** Calls that may begin at this instant. */
  places(now: Date): number;
  /** The host failed repeatedly and is not asked; until when. Undefined: it is. */
  leftAloneUntil(now: Date): Date | undefined;
  begin(): void;
  end(how: { trouble: boolean; now: Date }): void;
  /** Nothing is known of it that would be missed. */
  idle(): boolean;
}

/** Calls to one host at a time: one that hangs costs its own callers time and nobody else's. */
const MOST_AT_ONCE = 8;
/** So many failures in a row, and the host is left alone for a while. */
const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 2 * 60_000;

export function createHostGate(): HostGate {
  let underWay = 0;
  let failures = 0;
  let pauses = 0;
  let closedUntil = 0;

  const isClosed = (now: Date): boolean => now.getTime() < closedUntil;

  function suffer(now: Date): void {
    failures += 1;
    if (isClosed(now) || (failures < FAILURES_TO_OPEN && pauses === 0)) return;
    closedUntil = now.getTime() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses);
    pauses += 1;
  }

  return {
    places(now) {
      if (isClosed(now)) return 0;
      // After a pause, one call finds out whether it is over.
      return Math.max(0, (pauses > 0 ? 1 : MOST_AT_ONCE) - underWay);
    },
    leftAloneUntil: (now) => (isClosed(now) ? new Date(closedUntil) : undefined),
    begin: () => void (underWay += 1),
    end({ trouble, now }) {
      underWay -= 1;
      if (trouble) suffer(now);
      else [failures, pauses] = [0, 0];
    },
    idle: () => underWay === 0 && failures === 0,
  };
}
