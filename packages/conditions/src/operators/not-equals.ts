import { equals } from './equals.ts';
import type { NegativeOperator } from './operator.ts';

/** Not `equals`; true for no value. */
export const notEquals: NegativeOperator = {
  op: 'not_equals',
  label: 'does not equal',
  sentence: '{subject} is not {value}',
  negates: equals,
};
