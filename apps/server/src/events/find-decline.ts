import { isSystemType } from './event-types.ts';
import type { Days, Volume } from './count-events.ts';

/** A type of which far fewer events came than are usual. */
export interface Decline {
  /** YYYY-MM-DD. */
  day: string;
  count: number;
  usual: number;
}

/** Days that must be counted: yesterday, and the same weekday in each of the four weeks before. */
export const DAYS_FOR_DECLINE = 30;

const WEEKS = 4;

/** Weeks that must lie behind a type before anything is usual for it. */
const FEWEST_WEEKS = 2;

/** Below, chance alone makes half of it. */
const FEWEST_EVENTS = 20;

/**
 * Yesterday against the average of its weekday: the last whole day, and a week repeats itself.
 * Weeks before the first event of the type do not count. Of what the program writes itself, fewer
 * is no sign that an app stopped sending.
 */
export function findDecline(key: string, { names }: Days, { days }: Volume): Decline | null {
  if (isSystemType(key)) return null;
  const yesterday = days.length - 2;
  const first = days.findIndex((n) => n > 0);
  if (yesterday < 0 || first === -1) return null;
  const before = Array.from({ length: WEEKS }, (_, week) => yesterday - 7 * (week + 1))
    .filter((day) => day >= first)
    .map((day) => days[day]!);
  if (before.length < FEWEST_WEEKS) return null;
  const usual = before.reduce((sum, n) => sum + n, 0) / before.length;
  const count = days[yesterday]!;
  if (usual < FEWEST_EVENTS || count >= usual / 2) return null;
  return { day: names[yesterday]!, count, usual: Math.round(usual) };
}
