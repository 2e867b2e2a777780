import type { CampaignPace } from '@perennial/contracts';

export const PER_MS: Readonly<Record<CampaignPace['per'], number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  month: 30 * 86_400_000,
};

/** Where the counting began, and how many had been handed over by then. */
export interface PaceState {
  from: number;
  handed: number;
}

/** When the contact with this place in the audience, from 0, may be written to. */
export function releaseOf(place: number, pace: CampaignPace, { from, handed }: PaceState): number {
  return from + Math.floor(Math.max(0, place - handed) / pace.n) * PER_MS[pace.per];
}

/** How many of the audience may have been handed over by an instant. */
export function releasedBy(
  instant: number,
  pace: CampaignPace,
  { from, handed }: PaceState,
): number {
  if (instant < from) return handed;
  return handed + (Math.floor((instant - from) / PER_MS[pace.per]) + 1) * pace.n;
}
