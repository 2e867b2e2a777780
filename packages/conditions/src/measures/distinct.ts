import { z } from 'zod';
import { pathOf, pathSchema } from '../paths/parse-path.ts';
import { valuesAt } from '../paths/read-path.ts';
import { readText } from '../values/text.ts';
import type { AggregateDefinition } from './aggregate.ts';
import {
  compileThreshold,
  fitsOperator,
  thresholdMembers,
  thresholdWords,
  unfit,
} from './threshold.ts';
import { isWholeNumber, wholeNumberSchema } from './whole-number.ts';

const schema = z
  .strictObject({
    kind: z.literal('distinct'),
    param: pathSchema,
    ...thresholdMembers(wholeNumberSchema, 'a whole number from 0'),
  })
  .refine(fitsOperator, unfit);

/** The number of different scalar values of a parameter by their text; none is 0. */
export const distinct = {
  kind: 'distinct',
  schema,
  over(measure, operands) {
    const path = pathOf(measure.param);
    const passes = compileThreshold(measure, operands, isWholeNumber);
    return (events) => {
      const texts = new Set(
        events.flatMap((event) => valuesAt(path, event).flatMap((value) => readText(value) ?? [])),
      );
      return { result: passes(texts.size), values: () => ({ distinct: texts.size }) };
    };
  },
  sentence: 'did {event}{where} with {threshold} different values of {param} {period}',
  words: (measure, write) => ({
    param: write.param(measure.param),
    threshold: thresholdWords(measure, write),
  }),
} satisfies AggregateDefinition<z.infer<typeof schema>>;
