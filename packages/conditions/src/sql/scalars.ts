import { decimalText } from '../values/number.ts';
import type { Scalar } from '../values/scalar.ts';
import type { Sql, SqlSubject } from './sql.ts';
import { comparable, equalsAnyText } from './texts.ts';

/** The value equals one of the scalars, which are of the subject's own type. */
export function equalsAnySql(
  sql: Sql,
  subject: SqlSubject,
  { scalars, ignoreCase }: { scalars: readonly Scalar[]; ignoreCase: boolean },
): string {
  const { type, expression } = subject;
  if (type === 'number') {
    const numbers = scalars.flatMap((s) => (s.type === 'number' ? [decimalText(s.number)] : []));
    return `${expression} = any(${sql.put(numbers, 'numeric[]')})`;
  }
  if (type === 'boolean') {
    const booleans = scalars.flatMap((s) => (s.type === 'boolean' ? [s.boolean] : []));
    return `${expression} = any(${sql.put(booleans, 'boolean[]')})`;
  }
  const texts = scalars.flatMap((s) => (s.type === 'text' ? [s.text] : []));
  const compared = comparable(sql, expression, { texts, ignoreCase });
  return equalsAnyText(sql, compared.expression, compared.texts);
}
