import { findBlock } from '@perennial/blocks';
import { useMemo } from 'react';
import { useText } from '../../app/text.tsx';
import { blockLook } from '../block-icons.ts';
import type { Graph } from '../graph.ts';
import type { BlockWords } from '../use-block-words.ts';
import { FloatingCard } from './FloatingCard.tsx';
import { PickList, type Pickable } from './PickList.tsx';

interface FindBlockProps {
  graph: Graph;
  words: BlockWords;
  at: { x: number; y: number };
  onFind: (block: string) => void;
  onClose: () => void;
}

/** Finds a block by its kind, ID, sentence or note, and a note of the canvas by its text. */
export function FindBlock({ graph, words, at, onFind, onClose }: FindBlockProps) {
  const t = useText();
  const items = useMemo<Pickable[]>(
    () => [
      ...graph.blocks.map((block) => {
        const kind = findBlock(block.type);
        const label = words.labelOf(block.type);
        const detail = words.sentenceOf(block);
        return {
          id: block.id,
          label: `${label} ${block.id}`,
          detail: block.note ?? detail,
          group: '',
          ...blockLook(block.type, kind?.icon),
          words: [label, block.id, detail, block.note ?? ''],
        };
      }),
      ...graph.notes.map(({ id, text }) => ({
        id,
        label: t('builder.note.kind'),
        detail: text,
        group: '',
        ...blockLook('', 'note'),
        words: [t('builder.note.kind'), text],
      })),
    ],
    [graph, words, t],
  );
  return (
    <FloatingCard at={at} label={t('builder.find.title')} onClose={onClose}>
      <PickList
        label={t('builder.find.search')}
        items={items}
        empty={t('builder.add.none')}
        onPick={onFind}
        onClose={onClose}
      />
    </FloatingCard>
  );
}
