/** Calls a second of a workspace, by class (reference §6.1); what has no class shares one. */
const RATES = {
  shared: 200,
  search: 50,
  token: 150,
  event: 350,
  past_event: 100,
  delete_events: 5,
  interaction: 300,
} as const;

export type RateClass = keyof typeof RATES;

interface Window {
  second: number;
  calls: number;
}

/** Most workspaces and classes that are counted at once; older seconds are forgotten first. */
const MOST_WINDOWS = 10_000;

/** Counts in this process: two processes that serve HTTP let twice as much through. */
export function createRateLimits() {
  const windows = new Map<string, Window>();
  return {
    /** False when this second's calls are used up. */
    take(workspaceId: number, rate: RateClass, now: Date): boolean {
      const second = Math.floor(now.getTime() / 1000);
      const name = `${workspaceId} ${rate}`;
      const known = windows.get(name);
      if (known?.second === second) {
        known.calls += 1;
        return known.calls <= RATES[rate];
      }
      if (windows.size >= MOST_WINDOWS) windows.clear();
      windows.set(name, { second, calls: 1 });
      return true;
    },
  };
}
