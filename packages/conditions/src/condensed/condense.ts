import { Big } from 'big.js';
import { type Decimal, compareDecimals } from '../values/number.ts';
import type { CondensedPart } from './condensed-events.ts';

/** What of a part is kept of numbers. */
export type CondensedNumbers = Pick<CondensedPart, 'numbers' | 'sum' | 'least' | 'greatest'>;

/** A part with one event more, of this time and with these numbers. */
export function condense(
  known: CondensedPart | undefined,
  { part, at, numbers }: { part: number; at: number; numbers: readonly Decimal[] },
): CondensedPart {
  return {
    part,
    firstAt: Math.min(known?.firstAt ?? Infinity, at),
    lastAt: Math.max(known?.lastAt ?? -Infinity, at),
    n: (known?.n ?? 0) + 1,
    ...numbers.reduce<CondensedNumbers>(withNumber, numbersOf(known)),
  };
}

function numbersOf(known: CondensedPart | undefined): CondensedNumbers {
  if (!known) return { numbers: 0 };
  const { numbers, sum, least, greatest } = known;
  return { numbers, sum, least, greatest };
}

function withNumber(known: CondensedNumbers, number: Decimal): CondensedNumbers {
  const { numbers, sum, least, greatest } = known;
  return {
    numbers: numbers + 1,
    sum: new Big(sum ?? 0).plus(number),
    least: least === undefined || compareDecimals(number, least) < 0 ? number : least,
    greatest: greatest === undefined || compareDecimals(number, greatest) > 0 ? number : greatest,
  };
}
