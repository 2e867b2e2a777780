import { ACTIVITY_KINDS, type Activity, type ActivityCounts } from '@perennial/contracts';

/** All that happened, whatever its kind. */
export function activityTotal(counts: ActivityCounts): number {
  return ACTIVITY_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
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
