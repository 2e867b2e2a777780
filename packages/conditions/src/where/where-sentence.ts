import { predicateSentence } from '../predicates/predicate-sentence.ts';
import { treeSentence } from '../sentences/tree-sentence.ts';
import type { Write } from '../sentences/write.ts';
import type { Where } from './where.ts';

/** " where kind is “Strength” and burned is greater than 500", with the space before it. */
export function whereSentence(where: Where, write: Write): string {
  const filter = treeSentence(where, write, (leaf) =>
    predicateSentence(leaf, write.param(leaf.param), write),
  );
  return write.message('where', { filter });
}
