import type { Comparison } from '../values/comparison.ts';
import { comparisonSigns, comparisons } from '../values/comparison.ts';
import { numberOf } from '../sql/scalars.ts';
import { putVersion, versionPartsSql } from '../sql/versions.ts';
import { type Decimal, compareDecimals, decimalText, readNumber } from '../values/number.ts';
import { numberSchema } from '../values/scalar.ts';
import { type Version, compareVersions, readVersion, versionSchema } from '../values/version.ts';
import type { PositiveOperator } from './operator.ts';

/** A limit of the type of the subject. */
type Limit =
  | { readonly type: 'number'; readonly number: Decimal }
  | { readonly type: 'version'; readonly version: Version };

/** An operator that compares a number, or a version, with one limit. */
export function numberOperator(
  op: Comparison,
  words: Pick<PositiveOperator, 'label' | 'sentence'>,
): PositiveOperator<Limit> {
  const passes = comparisons[op];
  return {
    op,
    ...words,
    types: ['number', 'version'],
    operand: 'value',
    text: 'none',
    zoned: false,
    list: false,
    schema: (subject) => (subject === 'version' ? versionSchema : numberSchema),
    read(value, subject) {
      if (subject === 'version') {
        const version = readVersion(value);
        return version && { type: 'version', version };
      }
      const number = readNumber(value);
      return number === undefined ? undefined : { type: 'number', number };
    },
    test(limit) {
      if (limit.type === 'version') {
        return (value) => {
          const version = readVersion(value);
          return version !== undefined && passes(compareVersions(version, limit.version));
        };
      }
      return (value) => {
        const number = readNumber(value);
        return number !== undefined && passes(compareDecimals(number, limit.number));
      };
    },
    toSql(limit, _settings, subject, sql) {
      const sign = comparisonSigns[op];
      if (limit.type === 'version') {
        return `${versionPartsSql(subject)} ${sign} ${putVersion(sql, limit.version)}`;
      }
      return `${numberOf(subject)} ${sign} ${sql.put(decimalText(limit.number), 'numeric')}`;
    },
  };
}
