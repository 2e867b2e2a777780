import { z } from 'zod';
import type { EventContent, Facts } from '../facts.ts';
import type { Json } from '../json.ts';
import { pathOf, pathSchema } from '../paths/parse-path.ts';
import { type Path, pathText } from '../paths/path.ts';
import { someValue, valuesAt } from '../paths/read-path.ts';
import { canonicalPredicate } from '../predicates/canonical-predicate.ts';
import { checkPredicate } from '../predicates/check-predicate.ts';
import { compilePredicate, someValueChange } from '../predicates/compile-predicate.ts';
import { type Predicate, predicateSchema } from '../predicates/predicate.ts';
import { predicateDenial, predicateSentence } from '../predicates/predicate-sentence.ts';
import type { Write } from '../sentences/write.ts';
import type { ConditionType, Needs } from './condition-type.ts';
import { needPredicate } from './field.ts';

/** What a value that the run of a workflow brings along must be. */
export interface ParamCondition<Type extends string = string> extends Predicate {
  readonly type: Type;
  /** Path to it, as in `where`. */
  readonly param: string;
}

const NOTHING: EventContent = { params: {} };

const MOST_VALUES_SHOWN = 10;

interface Source<Type extends string> {
  type: Type;
  /** What the path leads into; undefined has no values. */
  contentOf: (facts: Facts) => EventContent | undefined;
  need?: (needs: Needs) => void;
  /** ICU text with `{param}`. */
  subject: string;
}

/** A type of condition about a value of what a run brings along. */
export function paramCondition<const Type extends string>({
  type,
  contentOf,
  need,
  subject,
}: Source<Type>): ConditionType<ParamCondition<Type>> {
  type Condition = ParamCondition<Type>;
  const members = { type: z.literal(type), param: pathSchema };
  const subjectOf = ({ param }: Condition, write: Write): string =>
    write.message(`condition.${type}.subject`, { param: write.param(param) });
  return {
    type,
    schema: predicateSchema<Condition>('json', members),
    check(input, { report }) {
      return checkPredicate<Condition>(
        input,
        { type: 'json', called: 'a parameter', members },
        report,
      );
    },
    compile(condition, { operands }) {
      const path = pathOf(condition.param);
      const predicate = compilePredicate(condition, 'json', operands);
      const { passes, negated } = predicate;
      return (facts) => {
        const content = contentOf(facts) ?? NOTHING;
        const result = someValue(path, content, (value) => passes(value, facts)) !== negated;
        return {
          result,
          values: () => ({ value: shownValue(path, content) }),
          changesAt: () => someValueChange(path, content, predicate, facts),
        };
      };
    },
    need(condition, needs) {
      need?.(needs);
      needPredicate(condition, needs);
    },
    canonical: (condition) => ({
      type,
      param: pathText(pathOf(condition.param)),
      ...canonicalPredicate(condition),
    }),
    sentence: (condition, write) =>
      predicateSentence(condition, subjectOf(condition, write), write),
    denial: (condition, write) => predicateDenial(condition, subjectOf(condition, write), write),
    messages: { subject },
  };
}

/** A parameter of the triggering event; without an event it has no value. For workflows. */
export const eventParam = paramCondition({
  type: 'event_param',
  contentOf: ({ trigger }) => trigger,
  need: (needs) => needs.trigger(),
  subject: 'the event’s {param}',
});

/** A result of an earlier block of the run (`b2.status`). For workflows. */
export const run = paramCondition({
  type: 'run',
  contentOf: ({ run: results }) => results && { params: results },
  subject: 'the run’s {param}',
});

function shownValue(path: Path, trigger: EventContent): Json {
  const found = valuesAt(path, trigger);
  return path.many ? found.slice(0, MOST_VALUES_SHOWN) : (found[0] ?? null);
}
