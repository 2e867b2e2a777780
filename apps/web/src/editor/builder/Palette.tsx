import { ActionIcon, Tooltip } from '@mantine/core';
import { SearchField } from '@perennial/ui';
import { IconLayoutSidebarLeftCollapse } from '@tabler/icons-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useText } from '../../app/text.tsx';
import { blockLook } from '../block-icons.ts';
import type { BlockWords } from '../use-block-words.ts';
import { found, paletteItems, type PaletteItem } from './palette-items.ts';
import classes from './Builder.module.css';

/** Under this type a dragged kind of block is known. */
export const DRAGGED = 'application/x-perennial-block';

/** A note of the canvas, dragged as if it were a kind of block. */
export const NOTE = '#note';

interface PaletteProps {
  words: BlockWords;
  onAdd: (type: string) => void;
  onNote: () => void;
  onDrag: (type: string | null) => void;
  onHide: () => void;
}

/** All kinds of block by group: dragged onto the canvas, or put after the selected block by a click. */
export function Palette({ words, onAdd, onNote, onDrag, onHide }: PaletteProps) {
  const t = useText();
  const [query, setQuery] = useState('');
  const items = useMemo(
    () =>
      paletteItems(words.labelOf).map((item) => ({
        ...item,
        words: [item.label, item.type, item.group],
      })),
    [words],
  );
  const shown = useMemo(() => found(items, query), [items, query]);
  return (
    <section className={classes.palette} aria-label={t('builder.palette')} data-palette>
      <div className={classes.paletteHead}>
        <SearchField label={t('builder.palette.search')} value={query} onChange={setQuery} />
        <Tooltip label={t('builder.palette.hide')}>
          <ActionIcon aria-label={t('builder.palette.hide')} onClick={onHide}>
            <IconLayoutSidebarLeftCollapse size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.paletteList}>
        {shown.length === 0 ? (
          <p className={classes.pickNone}>{t('builder.palette.none')}</p>
        ) : null}
        {shown.map((item, index) => (
          <Item
            key={item.type}
            item={item}
            heading={
              query === '' && item.group !== shown[index - 1]?.group
                ? t(`builder.group.${item.group}`)
                : null
            }
            onAdd={onAdd}
            onDrag={onDrag}
          />
        ))}
        {query === '' ? (
          <Item
            item={{ type: NOTE, label: t('builder.note.kind'), icon: 'note' }}
            heading={t('builder.group.canvas')}
            onAdd={onNote}
            onDrag={onDrag}
          />
        ) : null}
      </div>
      <p className={classes.paletteHint}>{t('builder.palette.hint')}</p>
    </section>
  );
}

interface ItemProps {
  item: Pick<PaletteItem, 'type' | 'label' | 'icon'>;
  heading: string | null;
  onAdd: (type: string) => void;
  onDrag: (type: string | null) => void;
}

function Item({ item: { type, label, icon }, heading, onAdd, onDrag }: ItemProps) {
  const { icon: Glyph, colour } = blockLook(type, icon);
  return (
    <>
      {heading ? <div className={classes.heading}>{heading}</div> : null}
      <button
        type="button"
        draggable
        className={classes.kind}
        data-kind={type}
        style={{ '--colour': colour } as React.CSSProperties}
        onClick={() => onAdd(type)}
        onKeyDown={moveFocus}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, type);
          event.dataTransfer.effectAllowed = 'copy';
          onDrag(type);
        }}
        onDragEnd={() => onDrag(null)}
      >
        <span className={classes.kindIcon}>
          <Glyph size={16} stroke={1.75} color={colour} />
        </span>
        {label}
      </button>
    </>
  );
}

/** Arrows walk through the kinds. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const list = event.currentTarget.closest('[data-palette]');
  const kinds = [...(list?.querySelectorAll<HTMLElement>('[data-kind]') ?? [])];
  kinds[kinds.indexOf(event.currentTarget) + step]?.focus();
}
