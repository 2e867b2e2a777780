import {
  resolveZone,
  dayOfInstant,
  instantOfLocal,
  startOfDay,
  weekdayOf,
} from '@perennial/conditions';
import type { SendWindow } from '@perennial/contracts';

/** An opening of send hours: from its first instant, before its last. */
export interface Opening {
  from: number;
  to: number;
}

/** Hours of a zone, in milliseconds from midnight. */
export interface LocalHours {
  from: number;
  /** Not after `from`: of the next day. */
  to: number;
  /** ISO weekdays on which the hours begin; undefined: all. */
  days: ReadonlySet<number> | undefined;
  zone: string;
}

export function localHours(
  { from, to, days, zone }: SendWindow,
  zones: { workspace: string; contact: string | null },
): LocalHours {
  return {
    from: millisecondsOf(from),
    to: millisecondsOf(to),
    days: days && new Set(days),
    zone: resolveZone(zone ?? 'contact', {
      now: 0,
      workspaceZone: zones.workspace,
      contactZone: zones.contact,
    }),
  };
}

const DAY_MS = 24 * 3_600_000;

function millisecondsOf(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;
}

/** A week, the day before, and one more in case the zone leaves out a day. */
const DAYS_AHEAD = 9;

/**
 * The opening that holds an instant, or else the next one. Daylight saving moves its ends as it moves
 * the clock: an hour that is skipped begins when the clock goes on, one that comes twice begins the
 * first time. Undefined if the hours never come: a zone may skip them on the only day.
 */
export function openingAt(hours: LocalHours, at: number): Opening | undefined {
  const today = dayOfInstant(at, hours.zone);
  // Yesterday's hours may last until after midnight.
  for (let day = today - 1; day <= today + DAYS_AHEAD; day += 1) {
    if (hours.days && !hours.days.has(weekdayOf(day))) continue;
    const opening = openingOf(hours, day);
    if (opening.to > opening.from && opening.to > at) return opening;
  }
  return undefined;
}

function openingOf({ from, to, zone }: LocalHours, day: number): Opening {
  const last = to > from ? day : day + 1;
  return {
    from: instantOfLocal(day, from, zone),
    to: to === DAY_MS ? startOfDay(last + 1, zone) : instantOfLocal(last, to, zone),
  };
}
