import { type Tree, takeApart } from '../tree.ts';
import type { Write } from './write.ts';

/** How the leaves of a tree are said. */
export interface LeafWords<Leaf> {
  say(leaf: Leaf): string;
  /** That the leaf is false, in words of its own; absent or undefined where it has none. */
  deny?(leaf: Leaf): string | undefined;
  /** That one of several leaves is true, or that none is, said together; undefined where not. */
  several?(leaves: readonly Leaf[], which: 'any' | 'none'): string | undefined;
}

/** A sentence, and of what sentences it is joined, if it is. */
interface Said {
  readonly text: string;
  readonly joined?: { readonly join: 'all' | 'any'; readonly texts: readonly string[] };
}

/** A tree in words; parts that are joined in another way than those around them stand in brackets. */
export function treeSentence<Leaf extends object>(
  tree: Tree<Leaf>,
  write: Write,
  words: LeafWords<Leaf>,
): string {
  return say(tree, write, words).text;
}

/** That what `tree` says is true, and what `without` says is not. */
export function exceptSentence<Leaf extends object>(
  tree: Tree<Leaf>,
  without: Tree<Leaf>,
  write: Write,
  words: LeafWords<Leaf>,
): string {
  const included = say(tree, write, words);
  const denied = deny(without, write, words);
  if (denied) return joined('all', [included, denied], write).text;
  const exclude = say(without, write, words).text;
  return write.message('definition', { include: included.text, exclude });
}

function say<Leaf extends object>(tree: Tree<Leaf>, write: Write, words: LeafWords<Leaf>): Said {
  const taken = takeApart(tree);
  if (taken.join === 'leaf') return { text: words.say(taken.leaf) };
  if (taken.join === 'not') return sayNot(taken.parts[0] as Tree<Leaf>, write, words);
  if (taken.parts.length === 0) return { text: write.message(`node.${taken.join}_of_nothing`) };
  const together = taken.join === 'any' ? sayTogether(taken.parts, 'any', words) : undefined;
  if (together !== undefined) return { text: together };
  const parts = taken.parts.map((part) => say(part, write, words));
  return joined(taken.join, parts, write);
}

function sayNot<Leaf extends object>(tree: Tree<Leaf>, write: Write, words: LeafWords<Leaf>): Said {
  const denied = deny(tree, write, words);
  if (denied) return denied;
  return { text: write.message('node.not', { inner: say(tree, write, words).text }) };
}

/** That a tree is false without the word "not" before it, if that can be said. */
function deny<Leaf extends object>(
  tree: Tree<Leaf>,
  write: Write,
  words: LeafWords<Leaf>,
): Said | undefined {
  const taken = takeApart(tree);
  if (taken.join === 'leaf') {
    const text = words.deny?.(taken.leaf);
    return text === undefined ? undefined : { text };
  }
  if (taken.join === 'not') return say(taken.parts[0] as Tree<Leaf>, write, words);
  const [only] = taken.parts;
  if (only && taken.parts.length === 1) return deny(only, write, words);
  if (taken.join === 'all' || !only) return undefined;
  const together = sayTogether(taken.parts, 'none', words);
  if (together !== undefined) return { text: together };
  const parts = taken.parts.map((part) => deny(part, write, words));
  return parts.every((part) => part !== undefined) ? joined('all', parts, write) : undefined;
}

function sayTogether<Leaf extends object>(
  parts: readonly Tree<Leaf>[],
  which: 'any' | 'none',
  words: LeafWords<Leaf>,
): string | undefined {
  const leaves = parts.flatMap((part) => {
    const taken = takeApart(part);
    return taken.join === 'leaf' ? [taken.leaf] : [];
  });
  const several = leaves.length > 1 && leaves.length === parts.length;
  return several ? words.several?.(leaves, which) : undefined;
}

function joined(join: 'all' | 'any', parts: readonly Said[], write: Write): Said {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const texts = parts.flatMap((part) => {
    if (!part.joined) return [part.text];
    if (part.joined.join === join) return part.joined.texts;
    return [write.message('node.group', { inner: part.text })];
  });
  return { text: join === 'all' ? write.all(texts) : write.any(texts), joined: { join, texts } };
}
