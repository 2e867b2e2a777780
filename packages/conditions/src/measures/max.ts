import { compareDecimals } from '../values/number.ts';
import { numericAggregate } from './numeric-aggregate.ts';
import { runningExtreme } from './running-extreme.ts';

/** The greatest value of a parameter. */
export const max = numericAggregate(
  'max',
  '{done}{where} with the greatest {param} {threshold} {period}',
  (numbers) => ({
    measured: numbers.reduce((greatest, number) =>
      compareDecimals(number, greatest) > 0 ? number : greatest,
    ),
  }),
  runningExtreme((order) => order > 0),
  ({ greatest }) => greatest,
);
