import type { z } from 'zod';
import type { EventFact, Verdict } from '../facts.ts';
import type { Operands } from '../predicates/operands.ts';
import type { MessageValues, Write } from '../sentences/write.ts';
import type { BaseMeasure, CountedBy, MeasureDefinition } from './measure.ts';
import { nextFlip } from './next-flip.ts';
import type { Tally } from './tally.ts';

/** An aggregate with its threshold read. */
export interface CompiledAggregate {
  /** The answer about these facts. */
  of(facts: readonly EventFact[]): Omit<Verdict, 'changesAt'>;
  /** The same answer kept up to date, beginning with no facts. */
  tally(): Tally;
}

/** What an aggregate is compiled with. */
export interface AggregateSettings {
  readonly operands: Operands;
  readonly countedBy: CountedBy | undefined;
}

/** A measure of any set of events: of those in the period, or of those in one unit of a streak. */
export interface AggregateDefinition<M extends BaseMeasure = BaseMeasure> {
  readonly kind: M['kind'];
  readonly schema: z.ZodType<M>;
  compile(measure: M, settings: AggregateSettings): CompiledAggregate;
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
    compile(measure, { period, range, ...settings }) {
      const { of, tally } = aggregate.compile(measure, settings);
      return (history, clock) => {
        const current = range(clock);
        return {
          ...of(history.within(current)),
          changesAt: () =>
            nextFlip(history.within({ ...current, to: Infinity }), {
              period,
              current,
              clock,
              tally: tally(),
            }),
        };
      };
    },
  };
}
