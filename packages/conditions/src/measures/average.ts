import { sumDecimals } from '../values/number.ts';
import { numericAggregate } from './numeric-aggregate.ts';
import { runningSum } from './running-sum.ts';

/** The average of a parameter, compared as sum with limit × count, so that it is never rounded. */
export const average = numericAggregate(
  'average',
  '{done}{where} with {param} on average {threshold} {period}',
  (numbers) => {
    const sum = sumDecimals(numbers);
    return { measured: sum, count: numbers.length, shown: () => sum.div(numbers.length) };
  },
  runningSum((sum, count) => ({ measured: sum, count })),
);
