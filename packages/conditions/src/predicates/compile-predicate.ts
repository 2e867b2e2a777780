import { joinedChange } from '../evaluate/joined-change.ts';
import type { EventContent } from '../facts.ts';
import type { Json } from '../json.ts';
import { operators } from '../operators/index.ts';
import {
  type Operator,
  type PositiveOperator,
  type ValueChange,
  type ValueTest,
  isNegative,
  positiveOf,
} from '../operators/operator.ts';
import type { Path } from '../paths/path.ts';
import { valuesAt } from '../paths/read-path.ts';
import type { Clock } from '../time/clock.ts';
import type { SubjectType } from '../values/value-types.ts';
import type { Operands } from './operands.ts';
import type { Predicate } from './predicate.ts';

/** A predicate ready to be asked: whether some value passes, and whether the answer is negated. */
export interface CompiledPredicate {
  readonly passes: ValueTest;
  /** When time may change the answer for a value; absent: never. */
  readonly changesAt: ValueChange | undefined;
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
    changesAt: operand === undefined ? undefined : positive.changesAt?.(operand, settings),
    negated: isNegative(operator),
  };
}

export function writtenOperand(predicate: Predicate, positive: PositiveOperator): Json {
  if (positive.operand === 'none') return true;
  const written = positive.operand === 'period' ? predicate.period : predicate.value;
  return (written ?? null) as Json;
}

/** When time may change whether some value that the path leads to passes. */
export function someValueChange(
  path: Path,
  event: EventContent,
  { passes, changesAt }: CompiledPredicate,
  clock: Clock,
): number {
  if (!changesAt) return Infinity;
  const parts = valuesAt(path, event).map((value) => ({
    result: passes(value, clock),
    changesAt: () => changesAt(value, clock),
  }));
  return joinedChange('some', parts);
}
