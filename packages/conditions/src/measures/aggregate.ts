import type { z } from 'zod';
import type { EventFact, Verdict } from '../facts.ts';
import type { Operands } from '../predicates/operands.ts';
import type { MessageValues, Write } from '../sentences/write.ts';
import type { BaseMeasure, MeasureDefinition } from './measure.ts';

/** A measure of any set of events: of those in the period, or of those in one unit of a streak. */
export interface AggregateDefinition<M extends BaseMeasure = BaseMeasure> {
  readonly kind: M['kind'];
  readonly schema: z.ZodType<M>;
  over(measure: M, operands: Operands): (events: readonly EventFact[]) => Verdict;
  /** English, as of a measure. */
  readonly sentence: string;
  words?(measure: M, write: Write): MessageValues;
}

/** The measure that asks an aggregate of the events in the period. */
export function inPeriod<M extends BaseMeasure>(
  aggregate: AggregateDefinition<M>,
): MeasureDefinition<M> {
  return {
    ...aggregate,
    wholeHistory: false,
    compile(measure, { range, operands }) {
      const over = aggregate.over(measure, operands);
      return (history, clock) => over(history.within(range(clock)));
    },
  };
}
