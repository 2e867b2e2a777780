import type { Comparison } from '../values/comparison.ts';
import { comparisonSigns, compareWith } from '../values/comparison.ts';
import { numberOf } from '../sql/scalars.ts';
import { type Decimal, decimalText, readNumber } from '../values/number.ts';
import { numberSchema } from '../values/scalar.ts';
import type { PositiveOperator } from './operator.ts';

/** An operator that compares a number with one limit. */
export function numberOperator(
  op: Comparison,
  words: Pick<PositiveOperator, 'label' | 'sentence'>,
): PositiveOperator<Decimal> {
  return {
    op,
    ...words,
    types: ['number'],
    operand: 'value',
    text: 'none',
    zoned: false,
    list: false,
    schema: () => numberSchema,
    read: (value) => readNumber(value),
    test(limit) {
      const passes = compareWith(op, limit);
      return (value) => {
        const number = readNumber(value);
        return number !== undefined && passes(number);
      };
    },
    toSql(limit, _settings, subject, sql) {
      return `${numberOf(subject)} ${comparisonSigns[op]} ${sql.put(decimalText(limit), 'numeric')}`;
    },
  };
}
