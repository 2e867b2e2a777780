import type { Json } from '@perennial/conditions';
import type { FilterNode } from './filter.ts';
import type { Choice, Subject } from './subjects.ts';

/** A condition with the labels of its choices in place of the values, to be said. */
export function withLabels(node: FilterNode, subjects: readonly Subject[]): FilterNode {
  const inner = node['not'];
  if (inner !== undefined) return { not: withLabels(inner as FilterNode, subjects) };
  const { field, value } = node;
  if (typeof field !== 'string' || value === undefined) return node;
  const choices = subjects.find(({ key }) => key === `field:${field}`)?.choices;
  if (!choices) return node;
  return {
    ...node,
    value: Array.isArray(value)
      ? (value as Json[]).map((each) => labelOf(each, choices))
      : labelOf(value, choices),
  };
}

function labelOf(value: Json, choices: readonly Choice[]): Json {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}
