/** Events a minute, from when the newest ones (newest first) were received. */
export function ratePerMinute(received: readonly string[], now: number): number {
  const times = received.map((at) => Date.parse(at)).filter((at) => at > now - 60_000);
  if (times.length < received.length || times.length < 2) return times.length;
  // All that is known is younger than a minute: extrapolate from the span it covers.
  const span = Math.max(1_000, now - Math.min(...times));
  return Math.round((times.length / span) * 60_000);
}

/** The first few parameters in one line. */
export function paramsLine(params: Record<string, unknown>): string {
  return Object.entries(params)
    .slice(0, 6)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('   ');
}
