import type { Node } from '../conditions/condition-type.ts';
import type { Definition } from '../definition.ts';
import type { Json } from '../json.ts';

/**
 * The answer of one node with those of its parts. `node` is as written; `values` are what a
 * condition saw, empty for joins. The parts of a definition are its include and exclude.
 */
export interface ExplainedNode {
  readonly node: Definition | Node;
  readonly result: boolean;
  readonly values: Readonly<Record<string, Json>>;
  readonly children: readonly ExplainedNode[];
}

/** Why a contact does or does not satisfy a rule. */
export interface Explanation {
  readonly result: boolean;
  /** `$event` paths that the triggering event has no value for; any makes the result false. */
  readonly missing: readonly string[];
  readonly tree: ExplainedNode;
}
