import type { NegativeOperator } from './operator.ts';
import { endsWith } from './ends-with.ts';

/** Not `ends_with`; true for no value. */
export const notEndsWith: NegativeOperator = {
  op: 'not_ends_with',
  label: 'does not end with',
  sentence: '{subject} does not end with {value}',
  negates: endsWith,
};
