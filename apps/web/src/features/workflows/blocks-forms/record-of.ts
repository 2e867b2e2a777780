/** An object as it stands in a definition; empty for what is none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isRecord ? (value as Readonly<Record<string, unknown>>) : {};
}
