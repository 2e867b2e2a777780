import { Temporal } from 'temporal-polyfill';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** Local days, counted from 1 January 1970. */
export type LocalDay = number;

const offsets = new Map<string, number>();
/** A year of days in every zone of the sample. */
const MOST_OFFSETS = 20_000;

/** What the zone's clocks show more than UTC around noon of that day, in milliseconds. */
function offsetOn(zone: string, day: LocalDay): number {
  const key = `${zone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const noon = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS + DAY_MS / 2);
  const offset = noon.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The instant at which clocks in the zone show so many minutes after midnight of the day. */
export function instantOn(zone: string, day: LocalDay, minutes: number): number {
  return Math.round(day * DAY_MS + minutes * MINUTE_MS - offsetOn(zone, day));
}

/** The zone's day and minute of the day at an instant. */
export function localTime(zone: string, at: number): { day: LocalDay; minutes: number } {
  const local = at + offsetOn(zone, Math.floor(at / DAY_MS));
  const day = Math.floor(local / DAY_MS);
  return { day, minutes: (local - day * DAY_MS) / MINUTE_MS };
}

/** 1 is Monday. */
export function weekdayOf(day: LocalDay): number {
  // 1 January 1970 was a Thursday.
  return ((day + 3) % 7) + 1;
}

export function isoDay(day: LocalDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
