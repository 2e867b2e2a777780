import { equalsAnySql } from '../sql/scalars.ts';
import { type Scalar, equalsAny, readScalar, scalarSchema } from '../values/scalar.ts';
import type { PositiveOperator } from './operator.ts';

/** The same text, number or boolean; for parameters the type of the operand decides. */
export const equals: PositiveOperator<Scalar> = {
  op: 'equals',
  label: 'equals',
  sentence: '{subject} is {value}',
  types: ['text', 'number', 'boolean'],
  operand: 'value',
  text: 'whole',
  zoned: false,
  list: false,
  schema: scalarSchema,
  read: readScalar,
  test: (scalar, { ignoreCase }) => equalsAny([scalar], ignoreCase),
  toSql: (scalar, { ignoreCase }, subject, sql) =>
    equalsAnySql(sql, subject, { scalars: [scalar], ignoreCase }),
};
