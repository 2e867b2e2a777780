/** The clock of a zone at an instant, as `YYYY-MM-DDTHH:mm`. */
export function localTime(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant);
  return parts.replace(' ', 'T');
}

/**
 * The instant at which a zone's clock shows a local time. Of a time that comes twice the first; one
 * that the zone skips is as much later as the clock was put forward.
 */
export function instantOf(local: string, timeZone: string): number {
  const wanted = Date.parse(`${local}Z`);
  const offsetAt = (instant: number) => Date.parse(`${localTime(instant, timeZone)}Z`) - instant;
  const before = offsetAt(wanted - 86_400_000);
  const after = offsetAt(wanted + 86_400_000);
  const candidates = [wanted - before, wanted - after].filter(
    (instant) => localTime(instant, timeZone) === local.slice(0, 16),
  );
  return candidates.length > 0 ? Math.min(...candidates) : wanted - before;
}
