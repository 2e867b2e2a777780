import { z } from 'zod';
import { pathOf, pathSchema } from '../paths/parse-path.ts';
import { valuesAt } from '../paths/read-path.ts';
import { type Decimal, decimalJson, readNumber } from '../values/number.ts';
import { numberSchema } from '../values/scalar.ts';
import type { AggregateDefinition } from './aggregate.ts';
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
  aggregate: (numbers: readonly Decimal[]) => Aggregated,
) {
  return {
    kind,
    schema: schemaOf(kind),
    over(measure, operands) {
      const path = pathOf(measure.param);
      const passes = compileThreshold(measure, operands);
      return (events) => {
        const numbers = events.flatMap((event) =>
          valuesAt(path, event).flatMap((value) => readNumber(value) ?? []),
        );
        if (numbers.length === 0) return { result: false, values: () => ({ [kind]: null }) };
        const { measured, count, shown } = aggregate(numbers);
        return {
          result: passes(measured, count),
          values: () => ({ [kind]: decimalJson(shown?.() ?? measured), values: numbers.length }),
        };
      };
    },
    sentence,
    words: (measure, write) => ({
      param: write.param(measure.param),
      threshold: thresholdWords(measure, write),
    }),
  } satisfies AggregateDefinition<z.infer<ReturnType<typeof schemaOf<Kind>>>>;
}
