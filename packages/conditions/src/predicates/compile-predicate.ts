import type { Json } from '../json.ts';
import { operators } from '../operators/index.ts';
import {
  type Operator,
  type PositiveOperator,
  type ValueTest,
  isNegative,
  positiveOf,
} from '../operators/operator.ts';
import type { SubjectType } from '../values/value-types.ts';
import type { Operands } from './operands.ts';
import type { Predicate } from './predicate.ts';

/** A predicate ready to be asked: whether some value passes, and whether the answer is negated. */
export interface CompiledPredicate {
  readonly passes: ValueTest;
  /** The answer is the complement, taken after all values were asked. */
  readonly negated: boolean;
}

/** Reads the operand once; `prepare` gives it the form in which the subject is stored. */
export function compilePredicate(
  predicate: Predicate,
  subject: SubjectType,
  operands: Operands,
  prepare: (value: Json) => Json = (value) => value,
): CompiledPredicate {
  const operator: Operator = operators[predicate.op];
  const positive = positiveOf(operator);
  const operand = operands.read(writtenOperand(predicate, positive), (value) =>
    positive.read(prepare(value), subject),
  );
  const settings = { ignoreCase: predicate.ignore_case ?? false, zone: predicate.zone };
  return {
    passes: operand === undefined ? () => false : positive.test(operand, settings),
    negated: isNegative(operator),
  };
}

export function writtenOperand(predicate: Predicate, positive: PositiveOperator): Json {
  if (positive.operand === 'none') return true;
  const written = positive.operand === 'period' ? predicate.period : predicate.value;
  return (written ?? null) as Json;
}
