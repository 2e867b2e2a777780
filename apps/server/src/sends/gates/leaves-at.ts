import { openingAt, type LocalHours } from './send-window.ts';
import { spreadRelease } from './spread-release.ts';

/** Send hours that a message is bound to. */
export interface HoursQuestion {
  hours: LocalHours;
  contactId: number;
  /** What waited leaves within so long after the hours began. */
  releaseMs: number;
}

/** When a message that may leave at an instant does; undefined if the hours never come. */
export function leavesAt(
  { hours, contactId, releaseMs }: HoursQuestion,
  at: number,
): number | undefined {
  const opening = openingAt(hours, at);
  if (!opening) return undefined;
  return opening.from <= at ? at : spreadRelease({ opening, contactId, overMs: releaseMs });
}
