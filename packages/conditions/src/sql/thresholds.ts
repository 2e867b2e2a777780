import { type Threshold, readThreshold } from '../measures/threshold.ts';
import { isWholeNumber } from '../measures/whole-number.ts';
import type { Operands } from '../predicates/operands.ts';
import { comparisonSigns } from '../values/comparison.ts';
import { type Decimal, decimalText } from '../values/number.ts';
import type { Sql } from './sql.ts';

/** A threshold with its limits as SQL. */
export interface SqlThreshold {
  readonly op: Threshold['op'];
  /** One, or the low and the high one. */
  readonly limits: readonly string[];
  /** Whether a count from 0 passes depends only on whether it is 0. */
  readonly betweenNoneAndSome: boolean;
}

/** Reads the limits; undefined when the event that has them lacks them. */
export function putThreshold(
  sql: Sql,
  threshold: Threshold,
  operands: Operands,
  { whole }: { whole: boolean },
): SqlThreshold | undefined {
  const limits = readThreshold(threshold, operands, whole ? isWholeNumber : undefined);
  if (!limits) return undefined;
  const { op } = threshold;
  const ofOne = op === 'greater_or_equal' || op === 'less' ? 1 : op === 'between' ? NaN : 0;
  let put: readonly string[] | undefined;
  return {
    op,
    // Written when asked for: a parameter that no text names has no type.
    get limits() {
      return (put ??= limits.map((limit) => putLimit(sql, limit, whole)));
    },
    betweenNoneAndSome: Number(limits[0]) === ofOne,
  };
}

/** Counts are compared as they are counted. */
function putLimit(sql: Sql, limit: Decimal, whole: boolean): string {
  const isCount = whole && Number.isSafeInteger(Number(limit));
  return sql.put(decimalText(limit), isCount ? 'bigint' : 'numeric');
}

/** Whether what was measured passes; an average is compared as sum with limit × count. */
export function passesThreshold(
  { op, limits }: SqlThreshold,
  measured: string,
  count?: string,
): string {
  const [low, high] = limits.map((limit) => (count === undefined ? limit : `${limit} * ${count}`));
  if (op === 'between') return `(${measured} between ${low} and ${high})`;
  return `${measured} ${comparisonSigns[op]} ${low}`;
}

/** Whether all counts from `least` to `most` give one and the same answer. */
export function isSettled({ op, limits }: SqlThreshold, least: string, most: string): string {
  const [low, high = low] = limits;
  switch (op) {
    case 'greater_or_equal':
      return `(${least} >= ${low} or ${most} < ${low})`;
    case 'greater':
      return `(${least} > ${low} or ${most} <= ${low})`;
    case 'less':
      return `(${most} < ${low} or ${least} >= ${low})`;
    case 'less_or_equal':
      return `(${most} <= ${low} or ${least} > ${low})`;
    default:
      return `(${most} < ${low} or ${least} > ${high} or (${least} >= ${low} and ${most} <= ${high}))`;
  }
}
