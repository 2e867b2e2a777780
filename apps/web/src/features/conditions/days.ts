/** A day that many days later; anything else than a day stays as it is. */
export function shiftDay(day: string, by: number): string {
  if (!isDay(day)) return day;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

/** True for `2026-05-01`, false for an instant. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4,}-\d\d-\d\d$/.test(value);
}
