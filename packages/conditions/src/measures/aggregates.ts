import { z } from 'zod';
import { expectedOneOf } from '../periods/parts.ts';
import type { AggregateDefinition } from './aggregate.ts';
import { average } from './average.ts';
import { count } from './count.ts';
import { distinct } from './distinct.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { sum } from './sum.ts';

/** The measures that may be asked of any set of events, by `kind`. */
const aggregates = { count, sum, average, min, max, distinct };

/** A measure that may be asked of any set of events. */
export type Aggregate = z.infer<(typeof aggregates)[keyof typeof aggregates]['schema']>;

/** An aggregate, as definitions write it. */
export const aggregateSchema = z.discriminatedUnion(
  'kind',
  [count.schema, sum.schema, average.schema, min.schema, max.schema, distinct.schema],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? expectedOneOf(Object.keys(aggregates))
        : 'expected a measure',
  },
);

/** The definition of an aggregate's kind. */
export function aggregateDefinition(aggregate: Aggregate): AggregateDefinition {
  return aggregates[aggregate.kind];
}
