import { afterBeginning } from '../sql/texts.ts';
import { textOperator } from './text-operator.ts';

/** The text begins with the part. */
export const startsWith = textOperator(
  { op: 'starts_with', label: 'starts with', sentence: '{subject} starts with {value}' },
  (text, part) => text.startsWith(part),
  // Compared by bytes, as indexes of texts are.
  (sql, expression, part) => {
    const after = afterBeginning(part);
    const from = `${expression} ~>=~ ${sql.put(part, 'text')}`;
    return after === undefined ? from : `(${from} and ${expression} ~<~ ${sql.put(after, 'text')})`;
  },
);
