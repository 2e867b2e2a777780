import { isSet } from './is-set.ts';
import type { NegativeOperator } from './operator.ts';

/** No value: absent, null, an empty text, an empty list. */
export const isEmpty: NegativeOperator = {
  op: 'is_empty',
  label: 'is empty',
  sentence: '{subject} is empty',
  negates: isSet,
};
