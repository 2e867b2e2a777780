import { z } from 'zod';
import type { Json } from '../json.ts';
import { pathOf } from '../paths/parse-path.ts';
import { pathText } from '../paths/path.ts';
import { expectedOneOf } from '../periods/parts.ts';
import { inPeriod } from './aggregate.ts';
import { average } from './average.ts';
import { count } from './count.ts';
import { distinct } from './distinct.ts';
import { first } from './first.ts';
import { last } from './last.ts';
import { max } from './max.ts';
import type { MeasureDefinition } from './measure.ts';
import { min } from './min.ts';
import { streak } from './streak.ts';
import { sum } from './sum.ts';

/** All kinds of measure, by `kind`. */
export const measures = {
  count: inPeriod(count),
  sum: inPeriod(sum),
  average: inPeriod(average),
  min: inPeriod(min),
  max: inPeriod(max),
  distinct: inPeriod(distinct),
  first,
  last,
  streak,
};

/** Names of the kinds of measure. */
export type MeasureKind = keyof typeof measures;

/** A measure of the segment language. */
export type Measure = z.infer<(typeof measures)[MeasureKind]['schema']>;

/** The measure of a condition that names none: at least one event. */
export const DEFAULT_MEASURE: Measure = { kind: 'count', op: 'greater_or_equal', value: 1 };

/** A measure, as definitions write it. */
export const measureSchema: z.ZodType<Measure> = z.discriminatedUnion(
  'kind',
  [
    count.schema,
    sum.schema,
    average.schema,
    min.schema,
    max.schema,
    distinct.schema,
    first.schema,
    last.schema,
    streak.schema,
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union' ? expectedOneOf(Object.keys(measures)) : 'expected a measure',
  },
);

/** The definition of a measure's kind. */
export function measureDefinition(measure: Measure): MeasureDefinition {
  return measures[measure.kind];
}

/** The measure in the one form that all equal measures share. */
export function canonicalMeasure(measure: Measure): Json {
  if ('param' in measure) return { ...measure, param: pathText(pathOf(measure.param)) };
  if (measure.kind !== 'streak' || !measure.each) return measure as Json;
  return { ...measure, each: canonicalMeasure(measure.each) };
}
