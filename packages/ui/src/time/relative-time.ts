export type RelativeTime =
  | { kind: 'now' }
  | { kind: 'relative'; value: number; unit: 'minute' | 'hour' | 'day' }
  | { kind: 'date'; withYear: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How to say `at` as seen from `now` (both epoch milliseconds): relative within a week on
 * either side, then as a date. Rounds towards zero, so "2 days ago" never means 1.6 days.
 */
export function relativeTime(at: number, now: number): RelativeTime {
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < 45_000) return { kind: 'now' };
  if (size < HOUR) return relative(distance, MINUTE, 'minute');
  if (size < DAY) return relative(distance, HOUR, 'hour');
  if (size < 7 * DAY) return relative(distance, DAY, 'day');
  return { kind: 'date', withYear: size > 300 * DAY };
}

function relative(distance: number, size: number, unit: 'minute' | 'hour' | 'day'): RelativeTime {
  const value = Math.trunc(distance / size);
  return { kind: 'relative', value: value === 0 ? Math.sign(distance) : value, unit };
}
