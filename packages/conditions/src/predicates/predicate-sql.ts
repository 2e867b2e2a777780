import type { Json } from '../json.ts';
import { operators } from '../operators/index.ts';
import { type Operator, isNegative, positiveOf } from '../operators/operator.ts';
import type { Changes } from '../sql/changes.ts';
import type { Sql, SqlSubject } from '../sql/sql.ts';
import type { SubjectType } from '../values/value-types.ts';
import { writtenOperand } from './compile-predicate.ts';
import type { Operands } from './operands.ts';
import type { Predicate } from './predicate.ts';

interface Asked {
  readonly sql: Sql;
  /** The type of what is looked at, and where its values are: `someOf` may unfold lists. */
  readonly type: SubjectType;
  readonly someOf: (passes: (subject: SqlSubject) => string) => string;
  /** Gives an operand the form in which the subject is stored. */
  readonly prepare?: (value: Json) => Json;
  /** Told when time alone may change the answer; `earliestOf` as `someOf`. */
  readonly changes?: Changes | undefined;
  readonly earliestOf?: (bound: (subject: SqlSubject) => string) => string;
}

/** The predicate as a boolean expression, where null counts as false: what `compilePredicate` says of the values. */
export function predicateSql(
  predicate: Predicate,
  operands: Operands,
  { sql, type, someOf, prepare = (value) => value, changes, earliestOf = someOf }: Asked,
): string {
  const operator: Operator = operators[predicate.op];
  const positive = positiveOf(operator);
  const operand = operands.read(writtenOperand(predicate, positive), (value) =>
    positive.read(prepare(value), type),
  );
  if (operand === undefined) return 'false';
  const settings = { ignoreCase: predicate.ignore_case ?? false, zone: predicate.zone };
  const passes = someOf((subject) => positive.toSql(operand, settings, subject, sql));
  const { changesSql } = positive;
  if (changes && changesSql) {
    changes.add(earliestOf((subject) => changesSql(operand, settings, subject, sql)));
  }
  return isNegative(operator) ? `not coalesce(${passes}, false)` : passes;
}
