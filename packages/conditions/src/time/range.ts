/** Instants `from` ≤ t < `to`, in epoch milliseconds; an open end is ±Infinity. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** True when the instant lies in the range. */
export function isWithin(instant: number, range: Range): boolean {
  return instant >= range.from && instant < range.to;
}

/** All instants. */
export const ALWAYS: Range = { from: -Infinity, to: Infinity };

/** No instant. */
export const NEVER: Range = { from: Infinity, to: Infinity };

/** The first instant after `now` from which on the range holds it, or no longer does; or Infinity. */
export function nextEdge({ from, to }: Range, now: number): number {
  if (from >= to || now >= to) return Infinity;
  return now < from ? from : to;
}
