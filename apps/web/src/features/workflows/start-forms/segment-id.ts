/** The segment that a definition names; null while it names none. */
export function segmentId(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
