import { hasAny } from './has-any.ts';
import type { NegativeOperator } from './operator.ts';

/** Not `has_any`; true for no value. */
export const hasNone: NegativeOperator = {
  op: 'has_none',
  label: 'has none of',
  sentence: '{subject} has none of {value}',
  negates: hasAny,
};
