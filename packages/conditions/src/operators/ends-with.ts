import { textOperator } from './text-operator.ts';

/** The text ends with the part. */
export const endsWith = textOperator(
  { op: 'ends_with', label: 'ends with', sentence: '{subject} ends with {value}' },
  (text, part) => text.endsWith(part),
  (sql, expression, part) =>
    `right(${expression}, ${sql.put(Array.from(part).length, 'int')}) = ${sql.put(part, 'text')}`,
);
