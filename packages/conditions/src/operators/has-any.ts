import type { Json } from '../json.ts';
import { hasAnySql } from '../sql/lists.ts';
import { type Scalar, equalsAny } from '../values/scalar.ts';
import { listSchema, readList } from './list-operator.ts';
import type { PositiveOperator } from './operator.ts';

/** Some element of the list equals one of the values. */
export const hasAny: PositiveOperator<readonly Scalar[]> = {
  op: 'has_any',
  label: 'has any of',
  sentence: '{subject} has any of {value}',
  types: ['list'],
  operand: 'value',
  text: 'whole',
  zoned: false,
  list: true,
  schema: listSchema,
  read: readList,
  test(scalars, { ignoreCase }) {
    const isWanted = equalsAny(scalars, ignoreCase);
    return (value) => Array.isArray(value) && (value as Json[]).some(isWanted);
  },
  toSql: (scalars, { ignoreCase }, subject, sql) =>
    hasAnySql(sql, subject, { scalars, ignoreCase }),
};
