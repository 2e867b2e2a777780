import { z } from 'zod';
import type { EventContent } from '../facts.ts';
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
import type { ConditionType } from './condition-type.ts';
import { needPredicate } from './field.ts';

/** What a parameter of the triggering event must be. */
export interface EventParamCondition extends Predicate {
  readonly type: 'event_param';
  /** Path into the event, as in `where`. */
  readonly param: string;
}

const members = { type: z.literal('event_param'), param: pathSchema };

const NO_EVENT: EventContent = { params: {} };

const MOST_VALUES_SHOWN = 10;

/** A parameter of the triggering event; without an event it has no value. For workflows. */
export const eventParam: ConditionType<EventParamCondition> = {
  type: 'event_param',
  schema: predicateSchema<EventParamCondition>('json', members),
  check(input, { report }) {
    const subject = { type: 'json', called: 'a parameter', members } as const;
    return checkPredicate<EventParamCondition>(input, subject, report);
  },
  compile(condition, { operands }) {
    const path = pathOf(condition.param);
    const predicate = compilePredicate(condition, 'json', operands);
    const { passes, negated } = predicate;
    return (facts) => {
      const trigger = facts.trigger ?? NO_EVENT;
      const result = someValue(path, trigger, (value) => passes(value, facts)) !== negated;
      return {
        result,
        values: () => ({ value: shownValue(path, trigger) }),
        changesAt: () => someValueChange(path, trigger, predicate, facts),
      };
    };
  },
  need(condition, needs) {
    needs.trigger();
    needPredicate(condition, needs);
  },
  canonical: (condition) => ({
    type: 'event_param',
    param: pathText(pathOf(condition.param)),
    ...canonicalPredicate(condition),
  }),
  sentence: (condition, write) => predicateSentence(condition, subjectOf(condition, write), write),
  denial: (condition, write) => predicateDenial(condition, subjectOf(condition, write), write),
  messages: { subject: 'the event’s {param}' },
};

function shownValue(path: Path, trigger: EventContent): Json {
  const found = valuesAt(path, trigger);
  return path.many ? found.slice(0, MOST_VALUES_SHOWN) : (found[0] ?? null);
}

function subjectOf({ param }: EventParamCondition, write: Write): string {
  return write.message('condition.event_param.subject', { param: write.param(param) });
}
