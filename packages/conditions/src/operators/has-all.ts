import type { Json } from '../json.ts';
import { hasAllSql } from '../sql/lists.ts';
import { type Scalar, equalsAny } from '../values/scalar.ts';
import { listSchema, readList } from './list-operator.ts';
import type { PositiveOperator } from './operator.ts';

/** Each of the values equals some element of the list. */
export const hasAll: PositiveOperator<readonly Scalar[]> = {
  op: 'has_all',
  label: 'has all of',
  sentence: '{subject} has all of {value}',
  types: ['list'],
  operand: 'value',
  text: 'whole',
  zoned: false,
  list: true,
  schema: listSchema,
  read: readList,
  test(scalars, { ignoreCase }) {
    const wanted = scalars.map((scalar) => equalsAny([scalar], ignoreCase));
    return (value) =>
      Array.isArray(value) && wanted.every((isThis) => (value as Json[]).some(isThis));
  },
  toSql: (scalars, { ignoreCase }, subject, sql) =>
    hasAllSql(sql, subject, { scalars, ignoreCase }),
};
