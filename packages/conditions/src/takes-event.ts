import type { AnyConditionTypes, Node } from './conditions/condition-type.ts';
import type { Definition } from './definition.ts';
import { requirements } from './requirements.ts';

/**
 * Whether a rule takes values from the event that is being handled (`{"$event": path}`). Such a rule
 * has no members of its own: it holds for somebody only while an event is handled.
 */
export function takesEvent(rule: Definition | Node, types?: AnyConditionTypes): boolean {
  // Neither the instant nor a zone changes it.
  const options = { now: 0, workspaceZone: 'UTC', ...(types && { types }) };
  return requirements([rule], options).trigger;
}
