import { after } from './after.ts';
import { anniversary } from './anniversary.ts';
import { before } from './before.ts';
import { between } from './between.ts';
import { contains } from './contains.ts';
import { endsWith } from './ends-with.ts';
import { equals } from './equals.ts';
import { greaterOrEqual } from './greater-or-equal.ts';
import { greater } from './greater.ts';
import { hasAll } from './has-all.ts';
import { hasAny } from './has-any.ts';
import { hasNone } from './has-none.ts';
import { inPeriod } from './in.ts';
import { isEmpty } from './is-empty.ts';
import { isSet } from './is-set.ts';
import { lessOrEqual } from './less-or-equal.ts';
import { less } from './less.ts';
import { matches } from './matches.ts';
import { noneOf } from './none-of.ts';
import { notContains } from './not-contains.ts';
import { notEndsWith } from './not-ends-with.ts';
import { notEquals } from './not-equals.ts';
import { notStartsWith } from './not-starts-with.ts';
import { on } from './on.ts';
import { oneOf } from './one-of.ts';
import type { Operator } from './operator.ts';
import { startsWith } from './starts-with.ts';

/** All operators, by `op`, in the order in which an editor offers them. */
export const operators = {
  equals,
  not_equals: notEquals,
  one_of: oneOf,
  none_of: noneOf,
  contains,
  not_contains: notContains,
  starts_with: startsWith,
  not_starts_with: notStartsWith,
  ends_with: endsWith,
  not_ends_with: notEndsWith,
  matches,
  greater,
  greater_or_equal: greaterOrEqual,
  less,
  less_or_equal: lessOrEqual,
  between,
  on,
  before,
  after,
  in: inPeriod,
  anniversary,
  has_any: hasAny,
  has_all: hasAll,
  has_none: hasNone,
  is_set: isSet,
  is_empty: isEmpty,
} satisfies Record<string, Operator>;

/** Names of the operators. */
export type OperatorName = keyof typeof operators;

/** Names of the operators, in the order in which an editor offers them. */
export const OPERATOR_NAMES = Object.keys(operators) as OperatorName[];
