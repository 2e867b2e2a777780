import { z } from 'zod';
import { jsonIsSet } from '../sql/json-values.ts';
import { hasValue } from '../values/presence.ts';
import type { PositiveOperator } from './operator.ts';

/** True for any value of any type. */
export const isSet: PositiveOperator<true> = {
  op: 'is_set',
  label: 'is set',
  sentence: '{subject} is set',
  types: ['text', 'number', 'boolean', 'moment', 'list'],
  operand: 'none',
  text: 'none',
  zoned: false,
  list: false,
  schema: () => z.never(),
  read: () => true,
  test: () => hasValue,
  toSql: (_operand, _settings, { type, expression }) =>
    type === 'json' ? jsonIsSet(expression) : `${expression} is not null`,
};
