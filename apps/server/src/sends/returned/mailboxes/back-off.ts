const MINUTE = 60_000;

const FAILING = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE);
/** Servers lock accounts that are tried in vain too often. */
const REFUSED = [5, 15, 60, 240].map((minutes) => minutes * MINUTE);

/** How long a server is left alone after so many failures in a row, in milliseconds. */
export function backOff({
  condition,
  failures,
}: {
  condition: 'refused' | 'failing';
  /** This one included. */
  failures: number;
}): number {
  const waits = condition === 'refused' ? REFUSED : FAILING;
  return waits[Math.min(Math.max(failures, 1), waits.length) - 1]!;
}
