import { z } from 'zod';
import { type CheckContext, deeper, inside } from './check/context.ts';
import { quoted } from './check/report.ts';
import { type Json, type JsonObject, isJsonObject } from './json.ts';

/** A boolean tree over leaves. `all: []` is true, `any: []` is false. */
export type Tree<Leaf> =
  | { readonly all: readonly Tree<Leaf>[] }
  | { readonly any: readonly Tree<Leaf>[] }
  | { readonly not: Tree<Leaf> }
  | Leaf;

/** The schema of trees over a leaf. */
export function treeSchema<Leaf>(leaf: z.ZodType<Leaf>): z.ZodType<Tree<Leaf>> {
  const tree: z.ZodType<Tree<Leaf>> = z.lazy(() =>
    z.union([
      z.strictObject({ all: z.array(tree) }),
      z.strictObject({ any: z.array(tree) }),
      z.strictObject({ not: tree }),
      leaf,
    ]),
  );
  return tree;
}

/** A tree taken apart: the way it joins its parts, or the leaf that it is. */
export type TreeParts<Leaf> =
  | { readonly join: 'all' | 'any' | 'not'; readonly parts: readonly Tree<Leaf>[] }
  | { readonly join: 'leaf'; readonly leaf: Leaf };

/** Takes a tree apart. A leaf never has a member `all`, `any` or `not`. */
export function takeApart<Leaf extends object>(tree: Tree<Leaf>): TreeParts<Leaf> {
  if ('all' in tree) return { join: 'all', parts: tree.all };
  if ('any' in tree) return { join: 'any', parts: tree.any };
  if ('not' in tree) return { join: 'not', parts: [tree.not] };
  return { join: 'leaf', leaf: tree };
}

/** All leaves of a tree, in order. */
export function* leavesOf<Leaf extends object>(tree: Tree<Leaf>): Generator<Leaf> {
  const taken = takeApart(tree);
  if (taken.join === 'leaf') yield taken.leaf;
  else for (const part of taken.parts) yield* leavesOf(part);
}

/** Says whether a tree is true, given the tests of its leaves. */
export type Test<A, B> = (first: A, second: B) => boolean;

/** Joins the tests of a tree's leaves to the test of the tree. */
export function compileTree<Leaf extends object, A, B>(
  tree: Tree<Leaf>,
  compileLeaf: (leaf: Leaf) => Test<A, B>,
): Test<A, B> {
  const taken = takeApart(tree);
  if (taken.join === 'leaf') return compileLeaf(taken.leaf);
  return joinTests(
    taken.join,
    taken.parts.map((part) => compileTree(part, compileLeaf)),
  );
}

function joinTests<A, B>(join: 'all' | 'any' | 'not', tests: readonly Test<A, B>[]): Test<A, B> {
  const [only] = tests;
  if (only && join === 'not') return (first, second) => !only(first, second);
  if (only && tests.length === 1) return only;
  return join === 'all'
    ? (first, second) => tests.every((test) => test(first, second))
    : (first, second) => tests.some((test) => test(first, second));
}

/**
 * Checks a tree, its depth and the number of its leaves; `checkLeaf` is asked about each object that
 * has none of `all`, `any`, `not`. Undefined when anything was wrong.
 */
export function checkTree<Leaf>(
  input: Json | undefined,
  context: CheckContext,
  expected: string,
  checkLeaf: (input: JsonObject, context: CheckContext) => Leaf | undefined,
): Tree<Leaf> | undefined {
  const { report, limits } = context;
  if (!isJsonObject(input)) return refuse(context, expected);
  if (context.depth > limits.depth) {
    return refuse(context, `expected at most ${limits.depth} levels of nodes`);
  }
  const join = (['all', 'any', 'not'] as const).find((key) => Object.hasOwn(input, key));
  if (!join) return checkCounted(input, context, checkLeaf);
  for (const key of Object.keys(input)) {
    if (key !== join) report.at(key).add(`unknown member ${quoted(key)}; expected only "${join}"`);
  }
  const check = (part: Json | undefined, at: CheckContext) =>
    checkTree(part, at, expected, checkLeaf);
  if (join === 'not') {
    const part = check(input['not'], deeper(context, 'not'));
    return part && { not: part };
  }
  const parts = checkParts(input[join], inside(context, join), check);
  return parts && (join === 'all' ? { all: parts } : { any: parts });
}

function checkParts<Leaf>(
  input: Json | undefined,
  context: CheckContext,
  check: (part: Json, context: CheckContext) => Tree<Leaf> | undefined,
): Tree<Leaf>[] | undefined {
  if (!Array.isArray(input)) return refuse(context, 'expected a list of conditions');
  const parts = (input as Json[]).map((part, index) => check(part, deeper(context, index)));
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function checkCounted<Leaf>(
  input: JsonObject,
  context: CheckContext,
  checkLeaf: (input: JsonObject, context: CheckContext) => Leaf | undefined,
): Leaf | undefined {
  const { seen, limits } = context;
  seen.conditions += 1;
  if (seen.conditions <= limits.conditions) return checkLeaf(input, context);
  // Said once, at the first condition that is too many.
  if (seen.conditions === limits.conditions + 1) {
    context.report.add(`expected at most ${limits.conditions} conditions`);
  }
  return undefined;
}

function refuse(context: CheckContext, message: string): undefined {
  context.report.add(message);
  return undefined;
}
