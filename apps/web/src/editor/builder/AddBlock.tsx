import { findBlock } from '@perennial/blocks';
import { useMemo } from 'react';
import { useText } from '../../app/text.tsx';
import { blockLook } from '../block-icons.ts';
import type { Way } from '../edit/draft.ts';
import { exitName } from '../exit-name.ts';
import type { Graph } from '../graph.ts';
import type { BlockWords } from '../use-block-words.ts';
import { FloatingCard } from './FloatingCard.tsx';
import { paletteItems } from './palette-items.ts';
import { PickList, type Pickable } from './PickList.tsx';
import classes from './Builder.module.css';

interface AddBlockProps {
  graph: Graph;
  words: BlockWords;
  /** Ways on which it can be put, the first unless another is chosen. */
  ways: readonly Way[];
  way: Way | null;
  onWay: (way: Way) => void;
  /** Where it opens, in pixels of the canvas. */
  at: { x: number; y: number };
  onAdd: (type: string) => void;
  onLead: (block: string) => void;
  onClose: () => void;
}

/** What comes next: a new block of any kind, or one that is there. */
export function AddBlock(props: AddBlockProps) {
  const { graph, words, ways, way, onWay, at, onAdd, onLead, onClose } = props;
  const t = useText();
  const items = useMemo<Pickable[]>(
    () => [
      ...paletteItems(words.labelOf).map(({ type, label, group, icon }) => ({
        id: `new:${type}`,
        label,
        group: t(`builder.group.${group}`),
        ...blockLook(type, icon),
        words: [label, type, t(`builder.group.${group}`)],
      })),
      ...(way ? existing(graph, words, way, t('builder.add.existing')) : []),
    ],
    [graph, words, way, t],
  );
  const next = () => {
    const index = ways.findIndex((each) => each.exit === way?.exit);
    const following = ways[(index + 1) % ways.length];
    if (following) onWay(following);
  };
  return (
    <FloatingCard at={at} label={t('builder.add.title')} onClose={onClose}>
      {ways.length > 1 ? (
        <div className={classes.exits} role="radiogroup" aria-label={t('builder.add.exit')}>
          {ways.map((each) => (
            <button
              key={each.exit}
              type="button"
              role="radio"
              aria-checked={each.exit === way?.exit}
              tabIndex={-1}
              className={classes.exitChoice}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onWay(each)}
            >
              {exitName(each.exit, t)}
            </button>
          ))}
        </div>
      ) : null}
      <PickList
        label={t('builder.add.search')}
        items={items}
        empty={t('builder.add.none')}
        onPick={(id) => (id.startsWith('new:') ? onAdd(id.slice(4)) : onLead(id.slice(3)))}
        onClose={onClose}
        onTab={ways.length > 1 ? next : undefined}
      />
    </FloatingCard>
  );
}

/** Blocks that are there, but for the one from which the way comes. */
function existing(graph: Graph, words: BlockWords, way: Way, group: string): Pickable[] {
  return graph.blocks
    .filter(({ id }) => id !== way.source)
    .map((block) => {
      const label = words.labelOf(block.type);
      const detail = words.sentenceOf(block);
      return {
        id: `to:${block.id}`,
        label: `${label} ${block.id}`,
        detail,
        group,
        ...blockLook(block.type, findBlock(block.type)?.icon),
        words: [`${label} ${block.id}`, detail],
      };
    });
}
