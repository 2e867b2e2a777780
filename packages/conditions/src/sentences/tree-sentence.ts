import { type Tree, takeApart } from '../tree.ts';
import type { Write } from './write.ts';

/** A tree in words; parts that join others stand in brackets. */
export function treeSentence<Leaf extends object>(
  tree: Tree<Leaf>,
  write: Write,
  leafSentence: (leaf: Leaf) => string,
): string {
  const taken = takeApart(tree);
  if (taken.join === 'leaf') return leafSentence(taken.leaf);
  const single = taken.parts.length === 1;
  const parts = taken.parts.map((part) => {
    const sentence = treeSentence(part, write, leafSentence);
    const joins = takeApart(part).join !== 'leaf' && !(single && taken.join !== 'not');
    return joins ? write.message('node.group', { inner: sentence }) : sentence;
  });
  if (taken.join === 'not') return write.message('node.not', { inner: parts[0] ?? '' });
  if (parts.length === 0) return write.message(`node.${taken.join}_of_nothing`);
  return taken.join === 'all' ? write.all(parts) : write.any(parts);
}
