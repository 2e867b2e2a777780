import { sumDecimals } from '../values/number.ts';
import { numericAggregate } from './numeric-aggregate.ts';

/** The exact sum of a parameter. */
export const sum = numericAggregate(
  'sum',
  'did {event}{where} with {param} adding up to {threshold} {period}',
  (numbers) => ({ measured: sumDecimals(numbers) }),
);
