import { Temporal } from 'temporal-polyfill';

/** ISO 8601 in UTC with milliseconds. */
export function instantText(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString({ fractionalSecondDigits: 3 });
}
