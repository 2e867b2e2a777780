import { takeApart, type BaseCondition, type Node } from '@perennial/conditions';
import type { EventRules } from '../workflows/index.ts';

/**
 * A condition with the rules of segments that take values from an event in the place of their names:
 * they have no members to look up, and hold by the event of the run alone.
 */
export function withEventRules(node: Node, rules: EventRules): Node {
  if (rules.size === 0) return node;
  const taken = takeApart<BaseCondition>(node);
  if (taken.join === 'leaf') return ruleFor(taken.leaf, rules) ?? node;
  const parts = taken.parts.map((part) => withEventRules(part, rules));
  if (taken.join === 'not') return { not: parts[0]! };
  return taken.join === 'all' ? { all: parts } : { any: parts };
}

function ruleFor(
  { type, segment }: BaseCondition & { segment?: string },
  rules: EventRules,
): Node | undefined {
  const definition = type === 'segment' && segment !== undefined ? rules.get(segment) : undefined;
  if (!definition) return undefined;
  const { include, exclude } = definition.definition;
  return exclude ? { all: [include, { not: exclude }] } : include;
}
