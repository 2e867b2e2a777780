/** Instants `from` ≤ t < `to`, in epoch milliseconds; an open end is ±Infinity. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** True when the instant lies in the range. */
export function isWithin(instant: number, range: Range): boolean {
  return instant >= range.from && instant < range.to;
}
