import { sumDecimals } from '../values/number.ts';
import { numericAggregate } from './numeric-aggregate.ts';
import { runningSum } from './running-sum.ts';

/** The average of a parameter, compared as sum with limit × count, so that it is never rounded. */
export const average = numericAggregate(
  'average',
  '{done}{where} with {param} on average {threshold} {period}',
  (numbers, count) => {
    const sum = sumDecimals(numbers);
    return { measured: sum, count, shown: () => sum.div(count) };
  },
  runningSum((sum, count) => ({ measured: sum, count })),
  ({ sum }) => sum,
);
