import type { Duration } from './duration.ts';

/** The unit in the right number, of the values of `durationText`. */
export const UNITS =
  '{unit, select, minute {{n, plural, one {minute} other {minutes}}} hour {{n, plural, one {hour} other {hours}}} day {{n, plural, one {day} other {days}}} week {{n, plural, one {week} other {weeks}}} other {{n, plural, one {month} other {months}}}}';

/** What a text says of a length of time: `{amount} ${UNITS}`. */
export function durationText({ n, unit }: Duration): Record<string, string | number> {
  return { n, amount: String(n), unit };
}
