import type { Json } from './json.ts';
import { stableJson } from './stable-json.ts';
import { type Tree, takeApart } from './tree.ts';

/**
 * A tree in one form of those that are equal by order, repetition and nesting: parts of `all` and
 * `any` are sorted, said once, and not wrapped for themselves alone.
 */
export function canonicalTree<Leaf extends object>(
  tree: Tree<Leaf>,
  canonicalLeaf: (leaf: Leaf) => Json,
): Json {
  const taken = takeApart(tree);
  if (taken.join === 'leaf') return canonicalLeaf(taken.leaf);
  const parts = taken.parts.map((part) => canonicalTree(part, canonicalLeaf));
  if (taken.join === 'not') return { not: parts[0] ?? null };
  const byText = new Map(
    parts.flatMap((part) => flattened(part, taken.join)).map((part) => [stableJson(part), part]),
  );
  const sorted = [...byText.keys()].sort().map((text) => byText.get(text) ?? null);
  const [only] = sorted;
  return only !== undefined && sorted.length === 1 ? only : { [taken.join]: sorted };
}

/** The parts of a part that is joined in the same way, else the part itself. */
function flattened(part: Json, join: 'all' | 'any' | 'not'): readonly Json[] {
  const inner = typeof part === 'object' && part !== null && !Array.isArray(part);
  const parts = inner && join in part ? (part as Record<string, Json>)[join] : undefined;
  return Array.isArray(parts) ? (parts as Json[]) : [part];
}
