import { OPERATOR_NAMES, type OperatorName, operators } from '../operators/index.ts';
import { type Operator, isNegative, positiveOf } from '../operators/operator.ts';
import { periodSentence } from '../periods/index.ts';
import type { MessageValues, Write } from '../sentences/write.ts';
import type { Predicate } from './predicate.ts';
import { isReference } from './reference.ts';

/** "kind is “Strength”", with the subject's name given. */
export function predicateSentence(predicate: Predicate, subject: string, write: Write): string {
  const sentence = write.message(`operator.${predicate.op}.sentence`, {
    subject,
    ...operandWords(predicate, write),
  });
  return sentence + write.zone(predicate.zone);
}

/** That the predicate is false, where an operator says just that. */
export function predicateDenial(
  predicate: Predicate,
  subject: string,
  write: Write,
): string | undefined {
  const op = complementOf(predicate.op);
  return op && predicateSentence({ ...predicate, op }, subject, write);
}

function complementOf(op: OperatorName): OperatorName | undefined {
  const operator: Operator = operators[op];
  if (isNegative(operator)) return operator.negates.op as OperatorName;
  return OPERATOR_NAMES.find((name) => {
    const other: Operator = operators[name];
    return isNegative(other) && other.negates === operator;
  });
}

function operandWords({ op, value, period }: Predicate, write: Write): MessageValues {
  if (period) return { value: periodSentence(period, write) };
  if (value === undefined) return {};
  const words = isReference(value) ? undefined : positiveOf(operators[op]).words?.(value, write);
  return words ?? { value: write.value(value) };
}
