import type { Webhook } from '@perennial/contracts';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** What was told in each of the last 24 hours, oldest first; the last one has not ended. */
export function hoursOfDay(hours: Webhook['hours'], now: number): number[] {
  const current = Math.floor(now / HOUR_MS);
  const byHour = new Map(
    hours.map(({ hour, delivered }) => [Date.parse(hour) / HOUR_MS, delivered]),
  );
  return Array.from({ length: HOURS }, (_, n) => byHour.get(current - HOURS + 1 + n) ?? 0);
}
