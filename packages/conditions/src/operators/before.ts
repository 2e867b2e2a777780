import { momentOperator } from './moment-operator.ts';

/** t < D. */
export const before = momentOperator(
  { op: 'before', label: 'is before', sentence: '{subject} is before {value}' },
  (instant, limit) => instant < limit,
  (limit) => ({ from: -Infinity, to: limit }),
);
