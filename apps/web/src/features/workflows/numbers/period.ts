const DAY_MS = 86_400_000;

/** Periods that are offered, in days up to today; 0 is all time. */
export const PERIODS = [1, 7, 30, 90] as const;

/** The first instant of a period of whole days of UTC, as the server counts them. */
export function beginOf(days: number, now: Date): string | undefined {
  if (days <= 0) return undefined;
  const today = Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
  return new Date(today - (days - 1) * DAY_MS).toISOString();
}

/** The days of a period in the address bar; anything else is all time. */
export function readDays(text: string): number {
  const days = Number(text);
  return Number.isInteger(days) && days > 0 ? days : 0;
}
