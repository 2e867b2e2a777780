import type { Json } from '../json.ts';
import { operators } from '../operators/index.ts';
import { type Operator, isNegative, positiveOf } from '../operators/operator.ts';
import type { Sql, SqlSubject } from '../sql/sql.ts';
import type { SubjectType } from '../values/value-types.ts';
import { writtenOperand } from './compile-predicate.ts';
import type { Operands } from './operands.ts';
import type { Predicate } from './predicate.ts';

/** The predicate on a field as a boolean expression: what `compilePredicate` says of one value. */
export function predicateSql(
  predicate: Predicate,
  type: SubjectType,
  operands: Operands,
  { sql, subject, prepare }: { sql: Sql; subject: SqlSubject; prepare: (value: Json) => Json },
): string {
  const operator: Operator = operators[predicate.op];
  const positive = positiveOf(operator);
  const operand = operands.read(writtenOperand(predicate, positive), (value) =>
    positive.read(prepare(value), type),
  );
  if (operand === undefined) return 'false';
  const settings = { ignoreCase: predicate.ignore_case ?? false, zone: predicate.zone };
  const passes = positive.toSql(operand, settings, subject, sql);
  return isNegative(operator) ? `not coalesce(${passes}, false)` : passes;
}
