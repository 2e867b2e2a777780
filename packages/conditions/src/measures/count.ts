import { z } from 'zod';
import type { Write } from '../sentences/write.ts';
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
    kind: z.literal('count'),
    ...thresholdMembers(wholeNumberSchema, 'a whole number from 0'),
  })
  .refine(fitsOperator, unfit);

type Count = z.infer<typeof schema>;

/** The number of matching events. */
export const count = {
  kind: 'count',
  schema,
  over(measure, operands) {
    const passes = compileThreshold(measure, operands, isWholeNumber);
    return ({ length }) => ({ result: passes(length), values: () => ({ count: length }) });
  },
  sentence: `{said, select,
    never {did not do {event}{where} {period}}
    some {did {event}{where} {period}}
    other {did {event}{where} {times} {period}}
  }`,
  words: (measure, write) => ({ said: manner(measure), times: timesWords(measure, write) }),
} satisfies AggregateDefinition<Count>;

function manner({ op, value }: Count): 'never' | 'some' | 'times' {
  if (value === 0 && (op === 'equals' || op === 'less_or_equal')) return 'never';
  if (value === 1 && op === 'less') return 'never';
  return value === 1 && op === 'greater_or_equal' ? 'some' : 'times';
}

function timesWords(measure: Count, write: Write): string {
  const { op, value } = measure;
  if (typeof value === 'number') return write.message(`times.${op}`, { n: value });
  return write.message('times.threshold', { threshold: thresholdWords(measure, write) });
}
