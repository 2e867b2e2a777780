import {
  checkDefinition,
  checkNode,
  englishMessages,
  isDefinition,
  isJsonObject,
  segmentConditions,
  sentence,
  workflowConditions,
  type Definition,
  type Json,
  type JsonObject,
  type MessageValues,
  type Node,
} from '@perennial/conditions';
import type { Say } from '../../app/text.tsx';
import { membersOf } from './members.ts';
import type { Choice } from './subject.ts';
import { labelOf, type Vocabulary } from './vocabulary.ts';

export const conditionMessages = englishMessages();

/** How words are put together for one reader. */
export interface Speaker {
  readonly format: (key: string, values: MessageValues) => string;
  readonly moment: (value: string | number) => string;
  readonly t: Say;
}

/**
 * A rule or a condition as a sentence, by the names of the workspace; undefined for one that is not
 * finished.
 */
export function sayRule(
  rule: JsonObject,
  vocabulary: Vocabulary,
  { format, moment, t }: Speaker,
): string | undefined {
  const quoted = (choices: readonly Choice[]) => (value: string) => `“${labelOf(choices, value)}”`;
  const fieldNames = new Map(vocabulary.fields.map(({ key, label }) => [key, label]));
  const names = {
    field: (name: string) => fieldNames.get(name) ?? name.replace(/^custom\./, ''),
    event: (type: string) => labelOf(vocabulary.events, type),
    param: (path: string) => path,
    segment: quoted(vocabulary.segments),
    category: quoted(vocabulary.categories),
    channel: (key: string) => labelOf(vocabulary.channels, key),
    workflow: quoted(vocabulary.workflows),
    message: quoted(vocabulary.messages),
    moment,
  };
  if (!isFinished(rule, vocabulary)) return undefined;
  const labelled = labelledRule(rule, vocabulary, t) as unknown as Definition | Node;
  return sentence(labelled, { types: typesOf(vocabulary), names, format });
}

/** Whether it can be said. What it names may be gone: that is told apart, and said by its key. */
function isFinished(rule: JsonObject, vocabulary: Vocabulary): boolean {
  const options = { fields: vocabulary.check.fields, types: typesOf(vocabulary) };
  const isRule = isDefinition(rule as never);
  return (isRule ? checkDefinition(rule, options) : checkNode(rule, options)).ok;
}

/** The types of condition that there are here. */
function typesOf({ run }: Vocabulary) {
  return run ? workflowConditions : segmentConditions;
}

/** The rule with what people call its values in place of them, only to be said. */
function labelledRule(rule: JsonObject, vocabulary: Vocabulary, t: Say): JsonObject {
  const node = (part: JsonObject) => labelledNode(part, vocabulary, t);
  if (!isDefinition(rule as never)) return node(rule);
  const { include, exclude } = rule as { include?: Json; exclude?: Json };
  return {
    ...rule,
    ...(isJsonObject(include) && { include: node(include) }),
    ...(isJsonObject(exclude) && { exclude: node(exclude) }),
  };
}

function labelledNode(node: JsonObject, vocabulary: Vocabulary, t: Say): JsonObject {
  return mapLeaves(node, (condition) => {
    if (condition['type'] === 'field') {
      const field = vocabulary.fields.find(({ key }) => key === condition['field']);
      return withValueLabels(condition, field?.choices);
    }
    const { type, where } = condition;
    if (type !== 'message' || !isJsonObject(where)) return condition;
    const members = membersOf('message', vocabulary, t);
    const ofMember = (leaf: JsonObject) => {
      const member = members.find(({ key }) => key === leaf['param']);
      const named = withValueLabels(leaf, member?.choices);
      return member ? { ...named, param: member.label.toLowerCase() } : named;
    };
    return { ...condition, where: mapLeaves(where, ofMember) };
  });
}

function mapLeaves(node: JsonObject, change: (leaf: JsonObject) => JsonObject): JsonObject {
  for (const join of ['all', 'any'] as const) {
    const parts = node[join];
    if (Array.isArray(parts)) {
      return { [join]: (parts as JsonObject[]).map((part) => mapLeaves(part, change)) };
    }
  }
  const inner = node['not'];
  return isJsonObject(inner) ? { not: mapLeaves(inner, change) } : change(node);
}

function withValueLabels(leaf: JsonObject, choices: readonly Choice[] | undefined): JsonObject {
  const { value } = leaf;
  if (!choices || value === undefined) return leaf;
  const label = (each: Json): Json => (typeof each === 'string' ? labelOf(choices, each) : each);
  return { ...leaf, value: Array.isArray(value) ? (value as Json[]).map(label) : label(value) };
}
