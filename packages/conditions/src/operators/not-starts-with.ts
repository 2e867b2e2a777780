import type { NegativeOperator } from './operator.ts';
import { startsWith } from './starts-with.ts';

/** Not `starts_with`; true for no value. */
export const notStartsWith: NegativeOperator = {
  op: 'not_starts_with',
  label: 'does not start with',
  sentence: '{subject} does not start with {value}',
  negates: startsWith,
};
