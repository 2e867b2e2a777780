import type { Json } from '../json.ts';
import { predicateDenial, predicateSentence } from '../predicates/predicate-sentence.ts';
import { treeSentence } from '../sentences/tree-sentence.ts';
import type { Write } from '../sentences/write.ts';
import type { Where, WhereLeaf } from './where.ts';

/** " where kind is “Strength” and burned is greater than 500", with the space before it. */
export function whereSentence(where: Where, write: Write): string {
  const filter = treeSentence(where, write, {
    say: (leaf) => predicateSentence(leaf, write.param(leaf.param), namingValues(leaf, write)),
    deny: (leaf) => predicateDenial(leaf, write.param(leaf.param), namingValues(leaf, write)),
  });
  return write.message('where', { filter });
}

/** Writes the values of a leaf by the names of what they stand for, where they have some. */
function namingValues({ param }: WhereLeaf, write: Write): Write {
  const nameOf = write.nameOfValue?.(param);
  if (!nameOf) return write;
  const value = (json: Json | undefined): string => {
    if (!Array.isArray(json)) return typeof json === 'string' ? nameOf(json) : write.value(json);
    const names = (json as Json[]).map(value);
    return names.reduce((left, right) => write.message('value.list', { left, right }));
  };
  return { ...write, value };
}
