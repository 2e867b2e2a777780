import type { AnyConditionTypes } from '../conditions/condition-type.ts';
import { contactConditions, workflowConditions } from '../conditions/index.ts';
import { measures } from '../measures/index.ts';
import { operators } from '../operators/index.ts';
import { periods } from '../periods/index.ts';

/** A message catalogue: ICU messages by key. */
export type Messages = Readonly<Record<string, string>>;

const joints: Messages = {
  'node.all': '{left} and {right}',
  'node.any': '{left} or {right}',
  'node.not': 'not ({inner})',
  'node.group': '({inner})',
  'node.all_of_nothing': 'always',
  'node.any_of_nothing': 'never',
  definition: '{include}, except those for whom {exclude}',
  where: ' where {filter}',
  'segment.unnamed': 'segment {id}',
  'workflow.unnamed': 'workflow {id}',
  'message.unnamed': 'message {id}',
  'campaign.unnamed': 'campaign {id}',
};

const values: Messages = {
  'value.text': '“{text}”',
  'value.number': '{number, number, ::.####################}',
  'value.boolean': '{value, select, true {true} other {false}}',
  'value.list': '{left}, {right}',
  'value.range': '{left} and {right}',
  'value.reference': 'the event’s {path}',
  'zone.workspace': ' (workspace time)',
  'zone.contact': ' (the contact’s time)',
  'zone.named': ' ({zone} time)',
};

const times: Messages = {
  'times.equals': '{n, plural, =1 {exactly once} =2 {exactly twice} other {exactly # times}}',
  'times.not_equals':
    '{n, plural, =1 {any number of times but once} =2 {any number of times but twice} other {any number of times but #}}',
  'times.greater':
    '{n, plural, =1 {more than once} =2 {more than twice} other {more than # times}}',
  'times.greater_or_equal':
    '{n, plural, =1 {at least once} =2 {at least twice} other {at least # times}}',
  'times.less': '{n, plural, =1 {less than once} =2 {less than twice} other {less than # times}}',
  'times.less_or_equal':
    '{n, plural, =1 {at most once} =2 {at most twice} other {at most # times}}',
  'times.threshold': '{threshold} times',
  'threshold.equals': 'exactly {value}',
  'threshold.not_equals': 'not {value}',
  'threshold.greater': 'more than {value}',
  'threshold.greater_or_equal': 'at least {value}',
  'threshold.less': 'less than {value}',
  'threshold.less_or_equal': 'at most {value}',
  'threshold.between': 'between {value} and {high}',
  'streak.units': `{unit, select,
    day {{n, plural, one {on the previous day} other {on each of the # previous days}}}
    week {{n, plural, one {in the previous week} other {in each of the # previous weeks}}}
    other {{n, plural, one {in the previous month} other {in each of the # previous months}}}
  }`,
};

/**
 * English messages for all sentences over these types of condition, made from the definitions of
 * operators, periods, measures and conditions. A translation is a record with the same keys.
 */
export function englishMessages(
  types: AnyConditionTypes = { ...workflowConditions, ...contactConditions },
): Messages {
  return {
    ...joints,
    ...values,
    ...times,
    ...sentencesOf('operator', operators),
    ...labelsOf(operators),
    ...sentencesOf('period', periods),
    ...sentencesOf('measure', measures),
    ...conditionMessages(types),
  };
}

function sentencesOf(group: string, definitions: Record<string, { sentence: string }>): Messages {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, { sentence }]) => [
      `${group}.${name}.sentence`,
      sentence,
    ]),
  );
}

function labelsOf(definitions: Record<string, { label: string }>): Messages {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, { label }]) => [`operator.${name}.label`, label]),
  );
}

function conditionMessages(types: AnyConditionTypes): Messages {
  return Object.fromEntries(
    Object.entries(types).flatMap(([name, { messages }]) =>
      Object.entries(messages).map(([key, message]) => [`condition.${name}.${key}`, message]),
    ),
  );
}
