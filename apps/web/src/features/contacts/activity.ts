import type { Activity, ActivityCounts, ActivityKind } from '@perennial/contracts';

const kinds = {
  event: 0,
  send: 0,
  order: 0,
  form: 0,
  segment: 0,
  subscription: 0,
  field: 0,
  profile: 0,
};

/** In the order of the filter. Named here: the schemas that name them too are large. */
export const activityKinds = Object.keys(
  kinds satisfies Record<ActivityKind, number>,
) as ActivityKind[];

/** All that happened, whatever its kind. */
export function activityTotal(counts: ActivityCounts): number {
  return activityKinds.reduce((sum, kind) => sum + counts[kind], 0);
}

/** Local calendar day of an instant in a zone, as `YYYY-MM-DD`. */
export function dayOf(at: string, timeZone: string): string {
  // Swedish dates are ISO dates.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(at));
}

/** Whether an item opens a new day in a list that goes back in time. */
export function startsDay(
  items: readonly Pick<Activity, 'at'>[],
  index: number,
  timeZone: string,
): boolean {
  const item = items[index];
  const newer = items[index - 1];
  if (!item) return false;
  return !newer || dayOf(item.at, timeZone) !== dayOf(newer.at, timeZone);
}
