import { Menu } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import {
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCut,
  IconFocusCentered,
  IconId,
  IconNote,
  IconPlus,
  IconScissors,
  IconSelectAll,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import type { Way } from '../edit/draft.ts';
import { noteOf } from '../note-element.ts';
import { START, type Position } from '../graph.ts';
import { readClipboard, writeClipboard } from './clipboard.ts';
import type { Edits } from './use-edits.ts';
import type { Viewport } from './use-viewport.ts';

export interface MenuAt {
  on: { kind: 'block'; id: string; count: number } | { kind: 'edge'; way: Way } | { kind: 'pane' };
  /** In the window, and within the canvas. */
  client: Position;
  at: Position;
}

interface CanvasMenuProps {
  menu: MenuAt | null;
  edits: Edits;
  viewport: Viewport;
  onAdd: (after: string) => void;
  onAddOn: (way: Way) => void;
  /** At a place of the canvas, in pixels of it as it is seen, and as the graph has it. */
  onAddHere: (at: Position, here: Position) => void;
  onNote: (element: string) => void;
  onFreeNote: (at: Position) => void;
  onRename: (block: string) => void;
  onClose: () => void;
}

interface Item {
  text: TextId;
  icon: Icon;
  keys?: string;
  danger?: boolean;
  run: () => void;
}

/** The menu of a block, an edge, or the free canvas. */
export function CanvasMenu(props: CanvasMenuProps) {
  const { menu, onClose } = props;
  const t = useText();
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl ';
  if (!menu) return null;
  return (
    <Menu
      key={`${menu.client.x} ${menu.client.y}`}
      opened
      onClose={onClose}
      position="bottom-start"
      width={220}
      trapFocus
      returnFocus
    >
      <Menu.Target>
        <span
          style={{ position: 'fixed', left: menu.client.x, top: menu.client.y, inlineSize: 1 }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {itemsOf(props, menu, mod).map(({ text, icon: Glyph, keys, danger = false, run }) => (
          <Menu.Item
            key={text}
            leftSection={<Glyph size={16} />}
            rightSection={keys ? <span style={{ opacity: 0.6 }}>{keys}</span> : null}
            {...(danger && { color: 'red' })}
            onClick={run}
          >
            {t(text)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function itemsOf(props: CanvasMenuProps, { on, at, client }: MenuAt, mod: string): Item[] {
  const { edits, viewport, onAdd, onAddOn, onAddHere, onNote, onFreeNote, onRename } = props;
  const paste: Item = {
    text: 'builder.menu.paste',
    icon: IconClipboard,
    keys: `${mod}V`,
    run: () => void readClipboard().then(edits.paste),
  };
  if (on.kind === 'edge') {
    return [
      {
        text: 'builder.menu.addOn',
        icon: IconPlus,
        keys: 'A',
        run: () => onAddOn(on.way),
      },
      paste,
      {
        text: 'builder.menu.cutEdge',
        icon: IconScissors,
        keys: 'Del',
        danger: true,
        run: () => edits.removeWay(on.way),
      },
    ];
  }
  if (on.kind === 'pane') {
    return [
      {
        text: 'builder.menu.addHere',
        icon: IconPlus,
        keys: 'A',
        run: () => onAddHere(at, viewport.pointAt(client)),
      },
      {
        text: 'builder.note.kind',
        icon: IconNote,
        keys: 'Shift N',
        run: () => onFreeNote(viewport.pointAt(client)),
      },
      paste,
      {
        text: 'builder.menu.selectAll',
        icon: IconSelectAll,
        keys: `${mod}A`,
        run: edits.selectAll,
      },
      { text: 'builder.menu.fit', icon: IconFocusCentered, keys: 'F', run: viewport.fit },
    ];
  }
  const add: Item = {
    text: 'builder.menu.add',
    icon: IconPlus,
    keys: 'A',
    run: () => onAdd(on.id),
  };
  if (on.id === START && on.count === 1) return [add, paste];
  const isNote = noteOf(on.id) !== undefined;
  const write: Item = {
    text: 'builder.note.write',
    icon: IconNote,
    keys: '↵',
    run: () => onNote(on.id),
  };
  const one: Item[] = [
    add,
    { text: 'builder.menu.note', icon: IconNote, keys: 'N', run: () => onNote(on.id) },
    { text: 'builder.menu.rename', icon: IconId, run: () => onRename(on.id) },
  ];
  return [
    ...(on.count === 1 ? (isNote ? [write] : one) : []),
    {
      text: 'builder.menu.duplicate',
      icon: IconCopyPlus,
      keys: `${mod}D`,
      run: edits.duplicate,
    },
    {
      text: 'builder.menu.copy',
      icon: IconCopy,
      keys: `${mod}C`,
      run: () => void writeClipboard(edits.copy()),
    },
    {
      text: 'builder.menu.cut',
      icon: IconCut,
      keys: `${mod}X`,
      run: () => void writeClipboard(edits.cut()),
    },
    ...(on.count === 1 ? [paste] : []),
    { text: 'builder.menu.remove', icon: IconTrash, keys: 'Del', danger: true, run: edits.remove },
  ];
}
