import { Big } from 'big.js';
import type { Decimal } from '../values/number.ts';
import type { Aggregated, Running } from './numeric-aggregate.ts';

/** The exact sum of numbers that come and go. */
export function runningSum(aggregated: (sum: Big, numbers: number) => Aggregated): () => Running {
  return () => {
    let sum = new Big(0);
    return {
      enter: (number: Decimal) => void (sum = sum.plus(number)),
      leave: (number: Decimal) => void (sum = sum.minus(number)),
      measured: (numbers) => aggregated(sum, numbers),
    };
  };
}
