import { textOperator } from './text-operator.ts';

/** The text holds the part somewhere. */
export const contains = textOperator(
  { op: 'contains', label: 'contains', sentence: '{subject} contains {value}' },
  (text, part) => text.includes(part),
  (sql, expression, part) => `strpos(${expression}, ${sql.put(part, 'text')}) > 0`,
);
