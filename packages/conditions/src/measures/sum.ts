import { sumDecimals } from '../values/number.ts';
import { numericAggregate } from './numeric-aggregate.ts';
import { runningSum } from './running-sum.ts';

/** The exact sum of a parameter. */
export const sum = numericAggregate(
  'sum',
  '{done}{where} with {param} adding up to {threshold} {period}',
  (numbers) => ({ measured: sumDecimals(numbers) }),
  runningSum((measured) => ({ measured })),
  ({ sum: condensed }) => condensed,
);
