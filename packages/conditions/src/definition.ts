import { z } from 'zod';
import type { CategoryCondition } from './conditions/category.ts';
import type { ChannelCondition } from './conditions/channel.ts';
import type { DeviceCondition } from './conditions/device.ts';
import type { EventCondition } from './conditions/event.ts';
import type { EveryoneCondition } from './conditions/everyone.ts';
import type { FieldCondition } from './conditions/field.ts';
import type { MessageCondition } from './conditions/message.ts';
import type { OrderCondition } from './conditions/order.ts';
import type { SegmentMembership } from './conditions/segment.ts';
import type { WorkflowCondition } from './conditions/workflow.ts';
import type { AnyConditionTypes, BaseCondition, Node } from './conditions/condition-type.ts';
import { segmentConditions } from './conditions/index.ts';
import { treeSchema } from './tree.ts';

/** The version of the segment language that this package reads and writes. */
export const LANGUAGE = 1;

/** A condition of a segment. */
export type SegmentCondition =
  | EveryoneCondition
  | FieldCondition
  | EventCondition
  | SegmentMembership
  | ChannelCondition
  | CategoryCondition
  | MessageCondition
  | DeviceCondition
  | WorkflowCondition
  | OrderCondition;

/** A segment's rule: its members are those of `include` without those of `exclude`. */
export interface Definition<C extends BaseCondition = BaseCondition> {
  readonly language: typeof LANGUAGE;
  readonly include: Node<C>;
  readonly exclude?: Node<C> | undefined;
}

/** True for a definition, false for a bare node. */
export function isDefinition<C extends BaseCondition>(
  rule: Definition<C> | Node<C>,
): rule is Definition<C> {
  return 'include' in rule;
}

/** The nodes of a rule: a definition's `include` and `exclude`, or the bare node itself. */
export function nodesOf<C extends BaseCondition>(rule: Definition<C> | Node<C>): Node<C>[] {
  if (!isDefinition(rule)) return [rule];
  return rule.exclude ? [rule.include, rule.exclude] : [rule.include];
}

/**
 * The shape of a node over types of condition, for API documentation. It cannot know a workspace's
 * fields and tells mistakes less well than `checkNode`, which decides.
 */
export function nodeSchema(types: AnyConditionTypes = segmentConditions): z.ZodType<Node> {
  return treeSchema<BaseCondition>(z.union(Object.values(types).map((type) => type.schema)));
}

/** The shape of a definition, as `nodeSchema` is of a node; `checkDefinition` decides. */
export function definitionSchema(
  types: AnyConditionTypes = segmentConditions,
): z.ZodType<Definition> {
  const node = nodeSchema(types);
  return z.strictObject({
    language: z.literal(LANGUAGE),
    include: node,
    exclude: node.optional(),
  });
}
