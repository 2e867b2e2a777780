import type { z } from 'zod';
import type { Report } from '../check/report.ts';
import type { EventFact, History, Verdict } from '../facts.ts';
import type { Period } from '../periods/index.ts';
import type { Operands } from '../predicates/operands.ts';
import type { MessageValues, Write } from '../sentences/write.ts';
import type { Clock } from '../time/clock.ts';
import type { Range } from '../time/range.ts';

/** What every measure has. */
export interface BaseMeasure {
  readonly kind: string;
}

/** What a measure is compiled with. */
interface MeasureSettings {
  readonly period: Period;
  /** The instants of the period. */
  readonly range: (clock: Clock) => Range;
  readonly operands: Operands;
  readonly countedBy: CountedBy | undefined;
}

/** What facts that count once have in common; every fact counts where this is absent. */
export type CountedBy = (fact: EventFact) => string;

/** What a measure's sentence is about: what was (not) done and its filter in words, and the period. */
interface MeasureWords {
  readonly done: string;
  readonly undone: string;
  readonly where: string;
  readonly period: Period;
}

/** One kind of measure: what is asked of the events that match. */
export interface MeasureDefinition<M extends BaseMeasure = BaseMeasure> {
  readonly kind: M['kind'];
  readonly schema: z.ZodType<M>;
  /** True when it looks at all history, whatever the period. */
  readonly wholeHistory: boolean;
  /** Refuses periods that it cannot be asked of; `period` is absent where the definition has none. */
  check?(measure: M, period: Period | undefined, report: Report): void;
  compile(measure: M, settings: MeasureSettings): (history: History, clock: Clock) => Verdict;
  /** English, an ICU message with {done}, {undone}, {where}, {period} and what `words` gives. */
  readonly sentence: string;
  words?(measure: M, write: Write, about: MeasureWords): MessageValues;
}
