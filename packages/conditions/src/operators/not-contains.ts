import type { NegativeOperator } from './operator.ts';
import { contains } from './contains.ts';

/** Not `contains`; true for no value. */
export const notContains: NegativeOperator = {
  op: 'not_contains',
  label: 'does not contain',
  sentence: '{subject} does not contain {value}',
  negates: contains,
};
