import {
  type AnyConditionTypes,
  type BaseCondition,
  type Node,
  typeOf,
} from './conditions/condition-type.ts';
import { segmentConditions } from './conditions/index.ts';
import { canonicalTree } from './canonical-tree.ts';
import { stableJson } from './stable-json.ts';

/**
 * The text that all equal conditions or nodes share: defaults written out or left out in one way,
 * keys and lists whose order means nothing sorted. Hash it to find conditions that several
 * definitions hold, which then need evaluating only once. Throws for a node that was not checked.
 */
export function canonicalText(node: Node, types: AnyConditionTypes = segmentConditions): string {
  const canonical = canonicalTree<BaseCondition>(node, (condition) =>
    typeOf(condition, types).canonical(condition),
  );
  return stableJson(canonical);
}
