import { textOperator } from './text-operator.ts';

/** The text begins with the part. */
export const startsWith = textOperator(
  { op: 'starts_with', label: 'starts with', sentence: '{subject} starts with {value}' },
  (text, part) => text.startsWith(part),
);
