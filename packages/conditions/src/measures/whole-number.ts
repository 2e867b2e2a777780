import { z } from 'zod';
import { type Decimal, compareDecimals } from '../values/number.ts';

/** A count: a whole number from 0. */
export const wholeNumberSchema = z.int().min(0);

/** True for a whole number from 0. */
export function isWholeNumber(value: Decimal): boolean {
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 && compareDecimals(value, number) === 0;
}
