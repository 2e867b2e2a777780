export type RelativeTime =
  | { kind: 'now' }
  | { kind: 'relative'; value: number; unit: 'minute' | 'hour' | 'day' }
  | { kind: 'date'; withYear: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How to say `at` as seen from `now` (both epoch milliseconds): relative within a week on
 * either side, then as a date. The past is rounded towards zero, so "2 days ago" never means 1.6
 * days; the future to what is nearest, or a wait of two days would be one a second after it began.
 */
export function relativeTime(at: number, now: number): RelativeTime {
  const distance = at - now;
  if (Math.abs(distance) < 45_000) return { kind: 'now' };
  const count = (size: number): number =>
    distance < 0 ? Math.ceil(distance / size) : Math.round(distance / size);
  const [minutes, hours, days] = [count(MINUTE), count(HOUR), count(DAY)];
  if (Math.abs(minutes) < 60) return relative(minutes || Math.sign(distance), 'minute');
  if (Math.abs(hours) < 24) return relative(hours, 'hour');
  if (Math.abs(days) < 7) return relative(days, 'day');
  return { kind: 'date', withYear: Math.abs(distance) > 300 * DAY };
}

function relative(value: number, unit: 'minute' | 'hour' | 'day'): RelativeTime {
  return { kind: 'relative', value, unit };
}
