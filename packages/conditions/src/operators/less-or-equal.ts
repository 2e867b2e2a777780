import { numberOperator } from './number-operator.ts';

/** A number equal to the limit or below. */
export const lessOrEqual = numberOperator('less_or_equal', {
  label: 'is at most',
  sentence: '{subject} is at most {value}',
});
