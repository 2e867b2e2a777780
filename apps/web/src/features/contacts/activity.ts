/** One thing a contact did, or that was done to them. */
export interface Activity {
  id: string;
  kind: string;
  name: string;
  channel: string | null;
  status: string | null;
  at: string;
  details: unknown;
}

export interface ActivityPage {
  items: Activity[];
  next_cursor: string | null;
  total?: number;
  counts?: Record<string, number>;
}

/** Local calendar day of an instant in a zone, as `YYYY-MM-DD`. */
export function dayOf(at: string, timeZone: string): string {
  // Swedish dates are ISO dates.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(at));
}

/** Whether an item opens a new day in a list that goes back in time. */
export function startsDay(items: readonly Activity[], index: number, timeZone: string): boolean {
  const item = items[index];
  const newer = items[index - 1];
  if (!item) return false;
  return !newer || dayOf(item.at, timeZone) !== dayOf(newer.at, timeZone);
}
