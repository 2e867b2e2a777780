import { equalsAnySql } from '../sql/scalars.ts';
import { type Scalar, equalsAny } from '../values/scalar.ts';
import { listSchema, readList } from './list-operator.ts';
import type { PositiveOperator } from './operator.ts';

/** Equal to one of the values, each compared as `equals` would. */
export const oneOf: PositiveOperator<readonly Scalar[]> = {
  op: 'one_of',
  label: 'is one of',
  sentence: '{subject} is one of {value}',
  types: ['text', 'number'],
  operand: 'value',
  text: 'whole',
  zoned: false,
  list: true,
  schema: listSchema,
  read: readList,
  test: (scalars, { ignoreCase }) => equalsAny(scalars, ignoreCase),
  toSql: (scalars, { ignoreCase }, subject, sql) =>
    equalsAnySql(sql, subject, { scalars, ignoreCase }),
};
