/**
 * Remembers what a function gave for each zone at one `now`: the contacts of a batch share the
 * instant and live in few zones, and zone arithmetic costs 10 µs a call.
 */
export function perZone<T>(
  compute: (zone: string, now: number) => T,
): (zone: string, now: number) => T {
  const known = new Map<string, T>();
  let knownAt = Number.NaN;
  return (zone, now) => {
    if (now !== knownAt) {
      known.clear();
      knownAt = now;
    }
    const found = known.get(zone);
    if (found !== undefined) return found;
    const computed = compute(zone, now);
    known.set(zone, computed);
    return computed;
  };
}
