import { compareDecimals } from '../values/number.ts';
import { numericAggregate } from './numeric-aggregate.ts';
import { runningExtreme } from './running-extreme.ts';

/** The least value of a parameter. */
export const min = numericAggregate(
  'min',
  '{done}{where} with the least {param} {threshold} {period}',
  (numbers) => ({
    measured: numbers.reduce((least, number) =>
      compareDecimals(number, least) < 0 ? number : least,
    ),
  }),
  runningExtreme((order) => order < 0),
  ({ least }) => least,
);
