import type { IntlShape } from 'react-intl';

const DAY_MS = 86_400_000;

/** The time of the day for what is of today, the date too for what is older. */
export function forDay(intl: IntlShape, at: number, now: number): string {
  const isOld = now - at > DAY_MS || intl.formatDate(at) !== intl.formatDate(now);
  return isOld
    ? intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })
    : intl.formatTime(at, { timeStyle: 'short' });
}
