import { momentOperator } from './moment-operator.ts';

/** t ≥ D. */
export const after = momentOperator(
  { op: 'after', label: 'is on or after', sentence: '{subject} is on or after {value}' },
  (instant, limit) => instant >= limit,
  (limit) => ({ from: limit, to: Infinity }),
);
