import { z } from 'zod';
import type { EventFact } from '../facts.ts';
import type { Write } from '../sentences/write.ts';
import type { AggregateDefinition } from './aggregate.ts';
import type { Tally } from './tally.ts';
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
    kind: z.literal('count'),
    ...thresholdMembers(wholeNumberSchema, 'a whole number from 0'),
  })
  .refine(fitsOperator, unfit);

type Count = z.infer<typeof schema>;

/** The number of matching events; of messages, the number of sends. */
export const count = {
  kind: 'count',
  schema,
  compile(measure, { operands, countedBy }) {
    const passes = compileThreshold(measure, operands, isWholeNumber);
    const countOf = (facts: readonly EventFact[]) =>
      countedBy
        ? new Set(facts.map(countedBy)).size
        : facts.reduce((n, fact) => n + weightOf(fact), 0);
    return {
      of(facts) {
        const count = countOf(facts);
        return { result: passes(count), values: () => ({ count }) };
      },
      tally: () =>
        countedBy ? distinctTally((fact) => [countedBy(fact)], passes) : countTally(passes),
    };
  },
  sentence: `{said, select,
    never {{undone}{where} {period}}
    some {{done}{where} {period}}
    other {{done}{where} {times} {period}}
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

function weightOf({ condensed }: EventFact): number {
  return condensed?.n ?? 1;
}

function countTally(passes: (count: number) => boolean): Tally {
  let count = 0;
  return {
    enter: (fact) => void (count += weightOf(fact)),
    leave: (fact) => void (count -= weightOf(fact)),
    passes: () => passes(count),
  };
}
