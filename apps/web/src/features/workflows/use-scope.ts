import { useMemo } from 'react';
import type { Graph, GraphBlock } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import { useVocabulary } from '../conditions/use-vocabulary.ts';
import { scopeOf } from './blocks-forms/scope/scope-of.ts';
import type { Scope } from './blocks-forms/scope/scope.ts';

/** What one block of the graph can name; undefined until the workspace's vocabulary is there. */
export function useScope(graph: Graph, block: string, words: BlockWords): Scope | undefined {
  const { vocabulary } = useVocabulary();
  return useMemo(() => {
    const nameOf = ({ id, type }: GraphBlock) => `${words.labelOf(type)} ${id}`;
    return vocabulary && scopeOf({ graph, block, vocabulary }, nameOf);
    // The words come from the catalogue alone.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [vocabulary, graph, block]);
}
