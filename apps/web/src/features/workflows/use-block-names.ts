import { useMemo } from 'react';
import type { Draft } from '../../editor/edit/draft.ts';
import { graphOf } from '../../editor/graph.ts';
import { useBlockWords } from '../../editor/use-block-words.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { usePoolNames } from '../promo-codes/use-pool-names.ts';
import { useSegmentNames } from '../segments/use-segment-names.ts';

/** What a block is called where it stands alone: by its sentence, or its ID if it is not there. */
export function useBlockNames(definition: Draft | undefined): (id: string | null) => string {
  const { sentenceOf } = useBlockWords(useMessageNames().nameOf, useSegmentNames(), usePoolNames());
  return useMemo(() => {
    const blocks = definition ? graphOf(definition).blocks : [];
    const byId = new Map(blocks.map((block) => [block.id, block]));
    return (id) => {
      const block = id === null ? undefined : byId.get(id);
      return block ? sentenceOf(block) : (id ?? '');
    };
  }, [definition, sentenceOf]);
}
