import { z } from 'zod';
import type { EventFact } from '../facts.ts';
import { pathOf, pathSchema } from '../paths/parse-path.ts';
import { valuesAt } from '../paths/read-path.ts';
import { readText } from '../values/text.ts';
import type { AggregateDefinition } from './aggregate.ts';
import { distinctTally } from './distinct-tally.ts';
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
  compile(measure, { operands }) {
    const path = pathOf(measure.param);
    const passes = compileThreshold(measure, operands, isWholeNumber);
    const textsOf = (event: EventFact) =>
      valuesAt(path, event).flatMap((value) => readText(value) ?? []);
    return {
      of(events) {
        const { size } = new Set(events.flatMap(textsOf));
        return { result: passes(size), values: () => ({ distinct: size }) };
      },
      tally: () => distinctTally(textsOf, passes),
    };
  },
  sentence: '{done}{where} with {threshold} different values of {param} {period}',
  words: (measure, write) => ({
    param: write.param(measure.param),
    threshold: thresholdWords(measure, write),
  }),
} satisfies AggregateDefinition<z.infer<typeof schema>>;
