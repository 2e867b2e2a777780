const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:([Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Epoch milliseconds of a day, or of a date and time (ISO 8601); without a zone it is UTC.
 * Undefined for what is none, and for 30 February, which `Date.parse` takes for a day of March.
 */
export function parseInstant(text: string): number | undefined {
  const [, day, time, zone = 'Z'] = ISO.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  const offset = zone.length === 3 ? `${zone}:00` : zone.toUpperCase();
  const at = Date.parse(time ? `${day}T${time.slice(1).replace(',', '.')}${offset}` : day);
  return Number.isNaN(at) ? undefined : at;
}

/** Whether the calendar has the day. */
export function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
