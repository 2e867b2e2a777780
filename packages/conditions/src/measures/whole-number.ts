import { z } from 'zod';
import { type Decimal, compareDecimals } from '../values/number.ts';

const EXPECTED = 'expected a whole number from 0';

/** A count: a whole number from 0. */
export const wholeNumberSchema = z.int({ error: EXPECTED }).min(0, { error: EXPECTED });

/** True for a whole number from 0. */
export function isWholeNumber(value: Decimal): boolean {
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 && compareDecimals(value, number) === 0;
}
