/** Reads `HH:MM` or `HH:MM:SS` as milliseconds from midnight; undefined for any other text. */
export function readTimeOfDay(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const parts = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (!parts) return undefined;
  return ((Number(parts[1]) * 60 + Number(parts[2])) * 60 + Number(parts[3] ?? 0)) * 1000;
}
