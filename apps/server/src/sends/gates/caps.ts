import { dayOfInstant, startOfDay, startOfUnit } from '@perennial/conditions';
import { rollingMs, type FrequencyWindow } from '@perennial/contracts';

/** At most so many instants in every window. */
export interface Cap {
  most: number;
  window: CapWindow;
}

/** `ms`: every stretch of that length, its beginning excluded; else units of a zone's calendar. */
export type CapWindow = { ms: number } | { unit: 'day' | 'week' | 'month'; zone: string };

export function capWindow(
  window: FrequencyWindow,
  zones: { workspace: string; contact: string },
): CapWindow {
  if (window.type === 'rolling') return { ms: rollingMs(window) };
  return { unit: window.unit, zone: zones[window.zone] };
}

/** The greatest number of the instants in a window that holds `at`. */
export function countAround(instants: readonly number[], at: number, window: CapWindow): number {
  if ('unit' in window) {
    const { from, to } = unitAt(at, window);
    return instants.filter((instant) => instant >= from && instant < to).length;
  }
  const near = instants
    .filter((instant) => Math.abs(instant - at) < window.ms)
    .sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [i, instant] of near.entries()) {
    while (Math.max(instant, at) - near[first]! >= window.ms) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
}

/** Whether one more fits at an instant, among those that are there, before and after it. */
export function fitsAt(instants: readonly number[], at: number, { most, window }: Cap): boolean {
  return countAround(instants, at, window) < most;
}

/** The first instant, not before `at`, at which one more fits. */
export function firstFit(instants: readonly number[], at: number, cap: Cap): number {
  if (fitsAt(instants, at, cap)) return at;
  const { window } = cap;
  if ('unit' in window) return firstFit(instants, unitAt(at, window).to, cap);
  // A place becomes free only as one of them leaves the window.
  const frees = instants.map((instant) => instant + window.ms).filter((free) => free > at);
  return frees.sort((a, b) => a - b).find((free) => fitsAt(instants, free, cap)) ?? at;
}

function unitAt(
  at: number,
  { unit, zone }: { unit: 'day' | 'week' | 'month'; zone: string },
): { from: number; to: number } {
  const day = dayOfInstant(at, zone);
  const [from, to] = [0, 1].map((offset) => startOfDay(startOfUnit(unit, day, offset), zone));
  return { from: from!, to: to! };
}
