import { z } from 'zod';
import type { CheckContext } from '../check/context.ts';
import { quoted } from '../check/report.ts';
import { type FieldCatalogue, type FieldDescription, SUBJECT_OF_FIELD } from '../fields.ts';
import type { Json, JsonObject } from '../json.ts';
import { operators } from '../operators/index.ts';
import { positiveOf } from '../operators/operator.ts';
import { expectedOneOf } from '../periods/parts.ts';
import { canonicalPredicate } from '../predicates/canonical-predicate.ts';
import { checkPredicate, normalizeValue } from '../predicates/check-predicate.ts';
import { compilePredicate } from '../predicates/compile-predicate.ts';
import { predicateSql } from '../predicates/predicate-sql.ts';
import { type Predicate, predicateSchema } from '../predicates/predicate.ts';
import { predicateDenial, predicateSentence } from '../predicates/predicate-sentence.ts';
import { isReference } from '../predicates/reference.ts';
import type { ConditionType, Needs } from './condition-type.ts';

/** What a field of the contact must be. */
export interface FieldCondition extends Predicate {
  readonly type: 'field';
  /** A system field (`email`, `address.*`) or `custom.KEY`. */
  readonly field: string;
}

const members = { type: z.literal('field'), field: z.string() };

/** A field of the contact compared by its own type. */
export const field: ConditionType<FieldCondition> = {
  type: 'field',
  schema: predicateSchema<FieldCondition>('json', members),
  check: checkField,
  compile(condition, { fields, operands }) {
    const { type, normalize } = describe(condition.field, fields);
    const prepare = (value: Json) => normalizeValue(value, condition.op, normalize);
    const subject = SUBJECT_OF_FIELD[type];
    const { passes, changesAt, negated } = compilePredicate(condition, subject, operands, prepare);
    return (facts) => {
      const value = facts.fields[condition.field];
      return {
        result: passes(value, facts) !== negated,
        values: () => ({ value: value ?? null }),
        changesAt: () => changesAt?.(value, facts) ?? Infinity,
      };
    };
  },
  toSql(condition, { sql, fields, operands, changes }) {
    const { type, normalize } = describe(condition.field, fields);
    const subject = sql.sources.field(condition.field);
    return predicateSql(condition, operands, {
      sql,
      type: SUBJECT_OF_FIELD[type],
      someOf: (write) => write(subject),
      changes,
      prepare: (value) => normalizeValue(value, condition.op, normalize),
    });
  },
  need(condition, needs) {
    needs.field(condition.field);
    needPredicate(condition, needs);
  },
  canonical: (condition) => ({
    type: 'field',
    field: condition.field,
    ...canonicalPredicate(condition),
  }),
  sentence: (condition, write) => predicateSentence(condition, write.field(condition.field), write),
  denial: (condition, write) => predicateDenial(condition, write.field(condition.field), write),
  messages: {},
};

function checkField(input: JsonObject, context: CheckContext): FieldCondition | undefined {
  const { fields, report } = context;
  const name = input['field'];
  if (typeof name !== 'string') {
    report.at('field').add('expected the name of a field, such as email or custom.KEY');
    return undefined;
  }
  const description = fields(name);
  if (!description) {
    report.at('field').add(`unknown field ${quoted(name)}; expected a system field or custom.KEY`);
    return undefined;
  }
  const { type, normalize } = description;
  const subject = { type: SUBJECT_OF_FIELD[type], called: `a field of type ${type}`, members };
  const condition = checkPredicate<FieldCondition>(input, subject, report);
  if (condition?.value === undefined || isReference(condition.value)) return condition;
  if (!checkChoices(condition, description, context)) return undefined;
  return { ...condition, value: normalizeValue(condition.value, condition.op, normalize) };
}

/** Who misspells a choice is told so, rather than shown that nobody has it. */
function checkChoices(
  { field: name, op, value, ignore_case: ignoreCase }: FieldCondition,
  { choices }: FieldDescription,
  { report }: CheckContext,
): boolean {
  if (!choices || ignoreCase || positiveOf(operators[op]).text !== 'whole') return true;
  const asked = [value].flat() as string[];
  const unknown = asked.find((each) => !choices.includes(each));
  if (unknown === undefined) return true;
  report.at('value').add(`${name} is never ${quoted(unknown)}; ${expectedOneOf(choices)}`);
  return false;
}

function describe(name: string, fields: FieldCatalogue): FieldDescription {
  const description = fields(name);
  if (!description) throw new Error(`condition on the unknown field ${JSON.stringify(name)}`);
  return description;
}

/** What a predicate needs beside its subject. */
export function needPredicate(predicate: Predicate, needs: Needs): void {
  if (isReference(predicate.value)) needs.trigger();
  if (predicate.zone !== undefined) needs.zonesOf(predicate.zone);
  if (predicate.period?.zone !== undefined) needs.zonesOf(predicate.period.zone);
}
