import { numberOperator } from './number-operator.ts';

/** A number above the limit. */
export const greater = numberOperator('greater', {
  label: 'is greater than',
  sentence: '{subject} is greater than {value}',
});
