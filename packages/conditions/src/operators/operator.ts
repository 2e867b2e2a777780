import type { z } from 'zod';
import type { Json } from '../json.ts';
import type { MessageValues, Write } from '../sentences/write.ts';
import type { Sql, SqlSubject } from '../sql/sql.ts';
import type { Clock } from '../time/clock.ts';
import type { ZoneRef } from '../time/zones.ts';
import type { SubjectType, ValueType } from '../values/value-types.ts';

/** What stands beside an operator and its value. */
export interface Settings {
  readonly ignoreCase: boolean;
  readonly zone: ZoneRef | undefined;
}

/** Says whether one value passes; undefined is a path that leads nowhere. */
export type ValueTest = (value: Json | undefined, clock: Clock) => boolean;

/** When time alone may next change whether one value passes (epoch milliseconds, or Infinity). */
export type ValueChange = (value: Json | undefined, clock: Clock) => number;

/** What every operator has. */
interface OperatorText {
  readonly op: string;
  /** English name, for choosing it. */
  readonly label: string;
  /** English, an ICU message with {subject} and {value}, or with what `words` gives. */
  readonly sentence: string;
}

/** An operator that is false for no value. */
export interface PositiveOperator<Operand = unknown> extends OperatorText {
  /** The types of value it is for; parameters (`json`) take any operator. */
  readonly types: readonly ValueType[];
  /** The member of the condition that holds its operand. */
  readonly operand: 'value' | 'period' | 'none';
  /** What its operand is to the text it looks at; `none` when it never looks at text. */
  readonly text: 'whole' | 'part' | 'pattern' | 'none';
  /** Whether `zone` may stand beside it, when it compares dates. */
  readonly zoned: boolean;
  /** Whether its value is a list, so that a `$event` path may have `[]`. */
  readonly list: boolean;
  /** The operand as definitions write it. */
  schema(subject: SubjectType): z.ZodType<Json | object>;
  /**
   * Reads an operand, from a definition or from the triggering event; undefined when the type of
   * the subject cannot read it.
   */
  read(value: Json, subject: SubjectType): Operand | undefined;
  /** What the sentence says of the value, where {value} would not do. */
  words?(value: Json, write: Write): MessageValues;
  /** The test of one value against an operand. */
  test(operand: Operand, settings: Settings): ValueTest;
  /**
   * For a test whose answer moves with time: the earliest instant after now at which it may change
   * for a value. Absent: time changes nothing.
   */
  changesAt?(operand: Operand, settings: Settings): ValueChange;
  /** The same test of a value in SQL, as a boolean expression; null counts as false. */
  toSql(operand: Operand, settings: Settings, subject: SqlSubject, sql: Sql): string;
  /**
   * For operators whose answer time alone may change: a bound of the next change of it, never
   * late, as a timestamptz after now; null for never.
   */
  changesSql?(operand: Operand, settings: Settings, subject: SqlSubject, sql: Sql): string;
}

/** The exact complement of a positive operator, taken after all values were asked. */
export interface NegativeOperator extends OperatorText {
  readonly negates: PositiveOperator;
}

/** An operator of the segment language. */
export type Operator = PositiveOperator | NegativeOperator;

/** The operator that does the asking: itself, or the one it negates. */
export function positiveOf(operator: Operator): PositiveOperator {
  return 'negates' in operator ? operator.negates : operator;
}

/** True when the answer is the complement of the positive operator's. */
export function isNegative(operator: Operator): operator is NegativeOperator {
  return 'negates' in operator;
}

/** True when the operator may be applied to the subject. */
export function appliesTo(operator: Operator, subject: SubjectType): boolean {
  const { types } = positiveOf(operator);
  // A version is a text, and more.
  const versionAsText = subject === 'version' && types.includes('text');
  return subject === 'json' || versionAsText || types.includes(subject);
}
