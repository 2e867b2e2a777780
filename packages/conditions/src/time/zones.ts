import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { DAY_MS, type Day, dateOfDay, dayOfDate } from './day.ts';

/** `UTC`, `workspace`, `contact` or an IANA name, as a definition writes it. */
export type ZoneRef = string;

// Names that were asked for and found; the zone database holds about 600.
const knownZones = new Set<string>(['UTC']);

/** True for a zone name of the running program's zone database. Offsets (`+02:00`) are no names. */
export function isKnownZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    // Asking the calendar is the only way to learn whether the database has the name.
    startOfZonedDay(0, name);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  knownZones.add(name);
  return true;
}

/** Zone of a condition: `UTC`, `workspace`, `contact` or a known IANA name. */
export const zoneSchema = z
  .string({ error: expectedZone })
  .refine((zone) => zone === 'workspace' || zone === 'contact' || isKnownZone(zone), {
    error: expectedZone,
  });

function expectedZone(): string {
  return 'expected "UTC", "workspace", "contact" or a known IANA zone such as "Europe/Kyiv"';
}

/** The zone that a definition's `zone` means for this clock; absent is UTC. */
export function resolveZone(zone: ZoneRef | undefined, clock: Clock): string {
  if (zone === undefined || zone === 'UTC') return 'UTC';
  if (zone === 'workspace') return clock.workspaceZone;
  if (zone !== 'contact') return zone;
  const own = clock.contactZone;
  return own && isKnownZone(own) ? own : clock.workspaceZone;
}

/**
 * The first instant of a local day, in epoch milliseconds: after a skipped midnight, before a
 * repeated one. A day that the zone left out altogether is empty: it starts where the next does.
 */
export function startOfDay(day: Day, zone: string): number {
  return zone === 'UTC' ? day * DAY_MS : startOfZonedDay(day, zone);
}

function startOfZonedDay(day: Day, zone: string): number {
  const date = Temporal.PlainDate.from(dateOfDay(day));
  return date.toZonedDateTime(zone).epochMilliseconds;
}

/**
 * The local day an instant lies in: the last one whose first instant is not after it. Days so
 * partition time even where a clock went back over midnight (St. John's until 2011).
 */
export function dayOfInstant(instant: number, zone: string): Day {
  if (zone === 'UTC') return Math.floor(instant / DAY_MS);
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const day = dayOfDate(local.year, local.month, local.day);
  return startOfDay(day + 1, zone) <= instant ? day + 1 : day;
}

/** Milliseconds from local midnight to what the wall clock shows. */
export function timeOfDay(instant: number, zone: string): number {
  if (zone === 'UTC') return instant - Math.floor(instant / DAY_MS) * DAY_MS;
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.millisecond;
}

/**
 * The instant of a wall-clock time (`time` in milliseconds from midnight). A time that the zone
 * skips moves to the next valid instant; of a repeated one it is the first.
 */
export function instantOfLocal(day: Day, time: number, zone: string): number {
  if (zone === 'UTC') return day * DAY_MS + time;
  const wanted = Temporal.PlainDate.from(dateOfDay(day)).toPlainDateTime({
    hour: Math.floor(time / 3_600_000),
    minute: Math.floor(time / 60_000) % 60,
    second: Math.floor(time / 1000) % 60,
    millisecond: time % 1000,
  });
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds;
  // In a gap "earlier" lies before the change, so the next change is the end of the gap.
  const afterGap = found.getTimeZoneTransition('next');
  return (afterGap ?? found).epochMilliseconds;
}
