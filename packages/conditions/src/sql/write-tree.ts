import { type Tree, takeApart } from '../tree.ts';

/** A boolean tree as an expression, given how its leaves are written; null counts as false. */
export function writeTree<Leaf extends object>(
  tree: Tree<Leaf>,
  writeLeaf: (leaf: Leaf) => string,
): string {
  const taken = takeApart<Leaf>(tree);
  if (taken.join === 'leaf') return writeLeaf(taken.leaf);
  const parts = taken.parts.map((part) => writeTree(part, writeLeaf));
  if (taken.join === 'not') return negated(parts[0] as string);
  if (parts.length === 0) return taken.join === 'all' ? 'true' : 'false';
  return `(${parts.join(taken.join === 'all' ? ' and ' : ' or ')})`;
}

/** What is never null is negated as it stands: the planner makes an anti-join of it. */
export function negated(expression: string): string {
  if (expression.startsWith('exists (')) return `not ${expression}`;
  const isMeasured = /^(\w+)\.contact_id is (not )?null$/.exec(expression);
  if (isMeasured) return `${isMeasured[1]}.contact_id is ${isMeasured[2] ? '' : 'not '}null`;
  return `not coalesce(${expression}, false)`;
}
