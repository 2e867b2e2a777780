import { numberOperator } from './number-operator.ts';

/** A number below the limit. */
export const less = numberOperator('less', {
  label: 'is less than',
  sentence: '{subject} is less than {value}',
});
