import { Big } from 'big.js';
import type { Json } from '../json.ts';

/**
 * A decimal number. A double stands for its shortest decimal form; what no double's shortest form
 * says exactly (long number strings, sums) is a `Big`.
 */
export type Decimal = number | Big;

const LONGEST_NUMBER_TEXT = 30;
// 15 significant digits survive a double, so shorter texts need no exact arithmetic.
const LONGEST_EXACT_TEXT = 15;

/** Reads a JSON number or a number string (`-?digits(.digits)?`, at most 30 characters). */
export function readNumber(value: Json | undefined): Decimal | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > LONGEST_NUMBER_TEXT) return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(value)) return undefined;
  return value.length <= LONGEST_EXACT_TEXT ? Number(value) : new Big(value);
}

/** The decimal that a database wrote, however long. */
export function exactDecimal(text: string): Decimal {
  return new Big(text);
}

/** Negative, 0 or positive, as the first decimal is less than, equal to or greater than the second. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  // Doubles order as their shortest decimal forms do.
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return new Big(a).cmp(b);
}

/** The exact sum. */
export function sumDecimals(values: Iterable<Decimal>): Big {
  let sum = new Big(0);
  // Whole numbers, by far the most frequent, are exact as doubles up to 2^53, and ten times faster.
  let whole = 0;
  for (const value of values) {
    const wider = whole + Number(value);
    if (Number.isSafeInteger(value) && Number.isSafeInteger(wider)) whole = wider;
    else sum = sum.plus(value);
  }
  return sum.plus(whole);
}

/** Plain decimal text of a number, without exponent or trailing zeros. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  return text.includes('e') ? new Big(value).toFixed() : text;
}

/** Decimal text of a decimal, as `numberText` writes it. */
export function decimalText(value: Decimal): string {
  return typeof value === 'number' ? numberText(value) : value.eq(0) ? '0' : value.toFixed();
}

/** The exact product with a count. */
export function timesCount(value: Decimal, count: number): Decimal {
  return count === 1 ? value : new Big(value).times(count);
}

/** JSON of a decimal: a number where a double's shortest form says it exactly, else its text. */
export function decimalJson(value: Decimal): number | string {
  const text = decimalText(value);
  const number = Number(text);
  return numberText(number) === text ? number : text;
}
