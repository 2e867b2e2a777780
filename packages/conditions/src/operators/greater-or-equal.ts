import { numberOperator } from './number-operator.ts';

/** A number equal to the limit or above. */
export const greaterOrEqual = numberOperator('greater_or_equal', {
  label: 'is at least',
  sentence: '{subject} is at least {value}',
});
