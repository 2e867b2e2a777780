import { z } from 'zod';
import type { Condensed, EventContent, EventFact } from '../facts.ts';
import { pathOf, pathSchema } from '../paths/parse-path.ts';
import type { Path } from '../paths/path.ts';
import { valuesAt } from '../paths/read-path.ts';
import { type Decimal, decimalJson, readNumber } from '../values/number.ts';
import { numberSchema } from '../values/scalar.ts';
import type { AggregateDefinition } from './aggregate.ts';
import type { Tally } from './tally.ts';
import {
  compileThreshold,
  fitsOperator,
  thresholdMembers,
  thresholdWords,
  unfit,
} from './threshold.ts';

/** What an aggregate found: `measured` is compared with limit × `count`, people see `shown`. */
export interface Aggregated {
  readonly measured: Decimal;
  readonly count?: number;
  readonly shown?: () => Decimal;
}

/** An aggregate of numbers that come and go, in the same order. */
export interface Running {
  enter(number: Decimal): void;
  leave(number: Decimal): void;
  /** Asked only while there are numbers, of which it is told how many. */
  measured(numbers: number): Aggregated;
}

function schemaOf<Kind extends string>(kind: Kind) {
  return z
    .strictObject({
      kind: z.literal(kind),
      param: pathSchema,
      ...thresholdMembers(numberSchema, 'a number'),
    })
    .refine(fitsOperator, unfit);
}

/**
 * An aggregate of all numeric values of a parameter (`items[].price`: of all elements). Without
 * any it is false, whatever the operator.
 */
export function numericAggregate<Kind extends string>(
  kind: Kind,
  sentence: string,
  aggregate: (numbers: readonly Decimal[], count: number) => Aggregated,
  running: () => Running,
  ofCondensed: (condensed: Condensed) => Decimal | undefined,
) {
  return {
    kind,
    schema: schemaOf(kind),
    compile(measure, { operands }) {
      const path = pathOf(measure.param);
      const passes = compileThreshold(measure, operands);
      const numbersOf = (event: EventFact) =>
        event.condensed ? [ofCondensed(event.condensed) ?? []].flat() : numbersAt(path, event);
      return {
        of(events) {
          const numbers = events.flatMap(numbersOf);
          if (numbers.length === 0) return { result: false, values: () => ({ [kind]: null }) };
          const held = numbers.length + beyondOne(events);
          const { measured, count, shown } = aggregate(numbers, held);
          return {
            result: passes(measured, count),
            values: () => ({ [kind]: decimalJson(shown?.() ?? measured), values: held }),
          };
        },
        tally: () => numericTally(running(), numbersOf, passes),
      };
    },
    sentence,
    words: (measure, write) => ({
      param: write.param(measure.param),
      threshold: thresholdWords(measure, write),
    }),
  } satisfies AggregateDefinition<z.infer<ReturnType<typeof schemaOf<Kind>>>>;
}

/** The numeric values that a path leads to in an event. */
export function numbersAt(path: Path, event: EventContent): Decimal[] {
  return valuesAt(path, event).flatMap((value) => readNumber(value) ?? []);
}

/** How many numbers the facts have beyond one for each that stands for several. */
function beyondOne(events: readonly EventFact[]): number {
  return events.reduce((n, { condensed }) => n + Math.max(0, (condensed?.numbers ?? 1) - 1), 0);
}

function numericTally(
  running: Running,
  numbersOf: (event: EventFact) => readonly Decimal[],
  passes: (measured: Decimal, count?: number) => boolean,
): Tally {
  let held = 0;
  return {
    enter(event) {
      for (const number of numbersOf(event)) {
        running.enter(number);
        held += event.condensed?.numbers ?? 1;
      }
    },
    leave(event) {
      for (const number of numbersOf(event)) {
        running.leave(number);
        held -= event.condensed?.numbers ?? 1;
      }
    },
    passes() {
      if (held === 0) return false;
      const { measured, count } = running.measured(held);
      return passes(measured, count);
    },
  };
}
