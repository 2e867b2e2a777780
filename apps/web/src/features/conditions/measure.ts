import type { Json, JsonObject, MeasureKind } from '@perennial/conditions';
import { withPeriodKind } from './period.ts';
import { isReference } from './predicate.ts';

/** All measures, in the order in which they are offered. */
export const MEASURE_KINDS: readonly MeasureKind[] = [
  'count',
  'first',
  'last',
  'streak',
  'sum',
  'average',
  'min',
  'max',
  'distinct',
];

/** Those that a streak can ask of each of its units. */
export const AGGREGATE_KINDS: readonly MeasureKind[] = MEASURE_KINDS.filter(
  (kind) => kind !== 'first' && kind !== 'last' && kind !== 'streak',
);

export const THRESHOLD_OPS = [
  'greater_or_equal',
  'equals',
  'not_equals',
  'greater',
  'less',
  'less_or_equal',
  'between',
] as const;

export const AT_LEAST_ONCE: JsonObject = { kind: 'count', op: 'greater_or_equal', value: 1 };

/** The measure of a condition; one that is not written asks for at least one. */
export function measureOf(condition: JsonObject): JsonObject {
  return (condition['measure'] as JsonObject | undefined) ?? AT_LEAST_ONCE;
}

/** The period of a condition; one that is not written is today in UTC. */
export function periodOf(condition: JsonObject): JsonObject {
  return (condition['period'] as JsonObject | undefined) ?? { kind: 'today' };
}

export function hasParam(kind: MeasureKind): boolean {
  return ['sum', 'average', 'min', 'max', 'distinct'].includes(kind);
}

/** Wholes are counted; everything else is measured. */
export function isWhole(kind: MeasureKind): boolean {
  return kind === 'count' || kind === 'distinct';
}

/** The same condition by another measure, with a period that it can be asked of. */
export function withMeasureKind(condition: JsonObject, kind: MeasureKind): JsonObject {
  const before = measureOf(condition);
  if (kind === 'streak') {
    const period = withPeriodKind(periodOf(condition), 'previous', 'streak');
    const isNew = before['kind'] !== 'streak' && periodOf(condition)['kind'] !== 'previous';
    return {
      ...condition,
      measure: { kind: 'streak' },
      period: isNew ? { ...period, n: 4, unit: 'week' } : period,
    };
  }
  return { ...condition, measure: withAggregateKind(before, kind) };
}

/** The same measure as another kind; the parameter and the threshold are kept where they fit. */
export function withAggregateKind(before: JsonObject, kind: MeasureKind): JsonObject {
  if (kind === 'first' || kind === 'last') return { kind };
  const { op, value, param } = before;
  const ofParam: JsonObject = hasParam(kind) && param !== undefined ? { param } : {};
  const start: Json | undefined = isWhole(kind) ? 1 : undefined;
  const kept = value ?? start;
  return {
    kind,
    ...ofParam,
    op: op ?? 'greater_or_equal',
    ...(kept === undefined ? {} : { value: kept }),
  };
}

/** The same measure compared in another way. */
export function withThreshold(measure: JsonObject, op: string): JsonObject {
  const { value, ...rest } = measure;
  if (isReference(value)) return { ...measure, op };
  const [low, high] = (Array.isArray(value) ? value : [value]) as (Json | undefined)[];
  if (op === 'between') return { ...rest, op, value: [low ?? null, high ?? null] };
  return { ...rest, op, ...(low === undefined || low === null ? {} : { value: low }) };
}
