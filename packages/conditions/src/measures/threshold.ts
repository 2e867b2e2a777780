import { z } from 'zod';
import type { Json } from '../json.ts';
import type { Operands } from '../predicates/operands.ts';
import { isReference, referenceSchema } from '../predicates/reference.ts';
import { type Comparison, comparisons } from '../values/comparison.ts';
import { type Decimal, compareDecimals, readNumber, timesCount } from '../values/number.ts';
import type { Write } from '../sentences/write.ts';
import { expectedOneOf } from '../periods/parts.ts';

const THRESHOLD_OPS = [
  'equals',
  'not_equals',
  'greater',
  'greater_or_equal',
  'less',
  'less_or_equal',
  'between',
] as const satisfies readonly (Comparison | 'between')[];

/** What a measured number must be. */
export interface Threshold {
  readonly op: (typeof THRESHOLD_OPS)[number];
  /** One number, or `[low, high]` (both included) for `between`; or a reference to the event. */
  readonly value: Json;
}

/** The members `op` and `value` of a measure. */
export function thresholdMembers(number: z.ZodType<number>, called: string) {
  const message = `expected ${called}, or [low, high] for between`;
  return {
    op: z.enum(THRESHOLD_OPS, { error: expectedOneOf(THRESHOLD_OPS) }),
    value: z.union([number, z.tuple([number, number]), referenceSchema(false)], {
      error: message,
    }) as z.ZodType as z.ZodType<Json>,
  };
}

/** Says that the value is of the form that the operator takes. */
export function fitsOperator({ op, value }: Threshold): boolean {
  if (isReference(value)) return true;
  const ends = Array.isArray(value) ? (value as number[]) : undefined;
  if (op !== 'between') return ends === undefined;
  return ends !== undefined && (ends[0] ?? 0) <= (ends[1] ?? 0);
}

/** The refusal of a value that does not fit its operator. */
export const unfit = {
  error: 'expected one number, or [low, high] with low ≤ high for between',
  path: ['value'],
};

/**
 * Reads the threshold once. The test takes what was measured, and a count by which the limits are
 * multiplied: an average is compared as sum with limit × count, exactly.
 */
export function compileThreshold(
  { op, value }: Threshold,
  operands: Operands,
  isLimit: (limit: Decimal) => boolean = () => true,
): (measured: Decimal, count?: number) => boolean {
  const [low, high] = readThreshold({ op, value }, operands, isLimit) ?? [];
  if (low === undefined) return () => false;
  if (op !== 'between' || high === undefined) {
    const passes = comparisons[op === 'between' ? 'equals' : op];
    return (measured, count = 1) => passes(compareDecimals(measured, timesCount(low, count)));
  }
  return (measured, count = 1) =>
    compareDecimals(measured, timesCount(low, count)) >= 0 &&
    compareDecimals(measured, timesCount(high, count)) <= 0;
}

/** The one limit, or both of `between`; undefined when the event that has them lacks them. */
export function readThreshold(
  { op, value }: Threshold,
  operands: Operands,
  isLimit: (limit: Decimal) => boolean = () => true,
): readonly Decimal[] | undefined {
  return operands.read(value, (json) => readLimits(json, op, isLimit));
}

function readLimits(
  json: Json,
  op: Threshold['op'],
  isLimit: (limit: Decimal) => boolean,
): readonly Decimal[] | undefined {
  const written = op === 'between' ? json : [json];
  if (!Array.isArray(written) || written.length !== (op === 'between' ? 2 : 1)) return undefined;
  const limits = (written as Json[]).map(readNumber);
  if (!limits.every((limit) => limit !== undefined) || !limits.every(isLimit)) return undefined;
  const [low, high] = limits;
  const backwards = low !== undefined && high !== undefined && compareDecimals(low, high) > 0;
  return backwards ? undefined : limits;
}

/** "at least 5", "between 2 and 4". */
export function thresholdWords({ op, value }: Threshold, write: Write): string {
  const ends = Array.isArray(value) ? (value as Json[]) : [value, null];
  return write.message(`threshold.${op}`, {
    value: write.value(ends[0] ?? null),
    high: write.value(ends[1] ?? null),
  });
}
