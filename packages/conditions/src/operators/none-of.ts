import { oneOf } from './one-of.ts';
import type { NegativeOperator } from './operator.ts';

/** Not `one_of`; true for no value. */
export const noneOf: NegativeOperator = {
  op: 'none_of',
  label: 'is none of',
  sentence: '{subject} is none of {value}',
  negates: oneOf,
};
