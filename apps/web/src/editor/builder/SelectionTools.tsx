import { noteColours, type NoteColour } from '@perennial/blocks';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import {
  IconCopy,
  IconCopyPlus,
  IconLayoutAlignCenter,
  IconLayoutAlignMiddle,
  IconSitemap,
  IconTrash,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useText } from '../../app/text.tsx';
import { noteOf } from '../note-element.ts';
import { START } from '../graph.ts';
import { writeClipboard } from './clipboard.ts';
import type { Edits } from './use-edits.ts';
import classes from './Builder.module.css';

interface SelectionToolsProps {
  frame: RefObject<HTMLDivElement | null>;
  selection: ReadonlySet<string>;
  edits: Edits;
  /** Nothing is to be selected any more. */
  onClear: () => void;
  /** The keyboard goes back to the canvas. */
  onLeave: () => void;
}

interface Tool {
  label: string;
  key?: string;
  icon: Icon;
  danger?: boolean;
  run: () => void;
}

/** What can be done with several selected elements, or with a note: shown while they are selected. */
export function SelectionTools(props: SelectionToolsProps) {
  const { frame, selection, edits, onClear, onLeave } = props;
  const t = useText();
  const tools = useTools(selection, edits, onClear);
  const hasNotes = [...selection].some((id) => noteOf(id) !== undefined);
  if (selection.size < 2 && !hasNotes) return null;
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') onLeave();
    else if (step === undefined) return;
    else moveFocus(event.currentTarget, step);
    event.preventDefault();
  };
  return (
    <div
      ref={frame}
      className={classes.selected}
      role="toolbar"
      aria-label={t('builder.selection')}
      data-own-keys
      onKeyDown={press}
    >
      <span className={classes.selectedCount} role="status">
        {t('builder.selected', { count: selection.size })}
      </span>
      {hasNotes ? <Colours onColour={edits.colourNotes} /> : null}
      {tools.map(({ label, key, icon: Glyph, danger = false, run }) => (
        <Tooltip key={label} label={key ? `${label} (${key})` : label} position="bottom">
          <ActionIcon aria-label={label} {...(danger && { color: 'red' })} onClick={run}>
            <Glyph size={16} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}

function useTools(selection: ReadonlySet<string>, edits: Edits, onClear: () => void): Tool[] {
  const t = useText();
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl ';
  const blocks = [...selection].filter((id) => id !== START && noteOf(id) === undefined);
  const copying: Tool[] = [
    {
      label: t('builder.menu.copy'),
      key: `${mod}C`,
      icon: IconCopy,
      run: () => void writeClipboard(edits.copy()),
    },
    {
      label: t('builder.menu.duplicate'),
      key: `${mod}D`,
      icon: IconCopyPlus,
      run: edits.duplicate,
    },
  ];
  const aligning: Tool[] = [
    {
      label: t('builder.selection.column'),
      icon: IconLayoutAlignCenter,
      run: () => edits.align('column'),
    },
    {
      label: t('builder.selection.row'),
      icon: IconLayoutAlignMiddle,
      run: () => edits.align('row'),
    },
    { label: t('builder.selection.tidy'), icon: IconSitemap, run: () => edits.align('tidy') },
  ];
  return [
    ...copying,
    ...(blocks.length > 1 ? aligning : []),
    {
      label: t('builder.menu.remove'),
      key: 'Del',
      icon: IconTrash,
      danger: true,
      run: edits.remove,
    },
    { label: t('builder.selection.clear'), key: 'Esc', icon: IconX, run: onClear },
  ];
}

function Colours({ onColour }: { onColour: (colour: NoteColour) => void }) {
  const t = useText();
  return (
    <span className={classes.colours} role="group" aria-label={t('builder.note.colour')}>
      {noteColours.map((colour) => (
        <Tooltip key={colour} label={t(`builder.note.colour.${colour}`)} position="bottom">
          <button
            type="button"
            className={classes.colour}
            data-colour={colour}
            aria-label={t(`builder.note.colour.${colour}`)}
            onClick={() => onColour(colour)}
          />
        </Tooltip>
      ))}
    </span>
  );
}

/** Arrows walk through the tools, round the ends. */
function moveFocus(toolbar: HTMLElement, step: number): void {
  const tools = [...toolbar.querySelectorAll('button')];
  const now = tools.findIndex((tool) => tool === document.activeElement);
  tools.at((now + step) % tools.length)?.focus();
}
