import { compareDecimals } from '../values/number.ts';
import { numericAggregate } from './numeric-aggregate.ts';

/** The least value of a parameter. */
export const min = numericAggregate(
  'min',
  'did {event}{where} with the least {param} {threshold} {period}',
  (numbers) => ({
    measured: numbers.reduce((least, number) =>
      compareDecimals(number, least) < 0 ? number : least,
    ),
  }),
);
