import { type Decimal, compareDecimals } from '../values/number.ts';
import type { Running } from './numeric-aggregate.ts';

/**
 * The least or greatest of numbers that come and go in the same order. Kept are only those that
 * no later number surpasses: the first of them is the one.
 */
export function runningExtreme(surpasses: (order: number) => boolean): () => Running {
  return () => {
    const kept: Decimal[] = [];
    let head = 0;
    return {
      enter(number) {
        while (kept.length > head && surpasses(compareDecimals(number, kept.at(-1) as Decimal))) {
          kept.pop();
        }
        kept.push(number);
      },
      leave(number) {
        if (compareDecimals(number, kept[head] as Decimal) === 0) head += 1;
      },
      measured: () => ({ measured: kept[head] as Decimal }),
    };
  };
}
