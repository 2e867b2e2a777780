import type { SendWindow } from '@perennial/contracts';
import type { IntlShape } from 'react-intl';

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** What is offered first: the day, by the contact's clock. */
export const USUAL_HOURS: SendWindow = { from: '09:00', to: '21:00' };

/** Times to choose from, every half hour, and the chosen one. */
export function timesWith(chosen: string, { midnight }: { midnight: '00:00' | '24:00' }): string[] {
  const halves = Array.from({ length: 48 }, (_, half) => {
    const hour = String(Math.floor(half / 2)).padStart(2, '0');
    return `${hour}:${half % 2 ? '30' : '00'}`;
  });
  const offered = midnight === '24:00' ? [...halves.slice(1), midnight] : halves;
  return [...new Set([...offered, chosen])].sort();
}

/** ISO weekday by name; 4 January 2021 was a Monday. */
export function dayName(intl: IntlShape, day: number): string {
  return intl.formatDate(Date.UTC(2021, 0, 3 + day), { weekday: 'short', timeZone: 'UTC' });
}

/** With these days; all seven are no restriction. */
export function withDays({ days: _before, ...hours }: SendWindow, days: number[]): SendWindow {
  return days.length === DAYS.length ? hours : { ...hours, days: days.toSorted((a, b) => a - b) };
}
