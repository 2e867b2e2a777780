import { walk, type Direction } from '../edit/walk.ts';
import { START, type Graph, type Position } from '../graph.ts';
import type { KeyMap } from './use-builder-keys.ts';
import type { Edits } from './use-edits.ts';
import type { Viewport } from './use-viewport.ts';

interface KeysOptions {
  graph: Graph;
  places: ReadonlyMap<string, Position>;
  selection: ReadonlySet<string>;
  draft: { undo: () => void; redo: () => void; saveNow: () => void };
  edits: Edits;
  viewport: Viewport;
  onSelect: (ids: readonly string[]) => void;
  onInspect: () => void;
  onAdd: (after: string | undefined) => void;
  onFind: () => void;
  onNote: (block: string) => void;
  onSheet: () => void;
}

/** What every key of the builder does. The sheet of shortcuts lists them for people. */
export function keysOf(options: KeysOptions): KeyMap {
  const { graph, places, selection, draft, edits, viewport, onSelect } = options;
  const [only, ...others] = selection;
  const single = others.length === 0 ? only : undefined;

  function go(direction: Direction): void {
    const next = only === undefined ? START : walk(graph, places, only, direction);
    if (next === undefined) return;
    onSelect([next]);
    viewport.show(next);
    viewport.focus(next);
  }

  const remove = () => (selection.size > 0 ? edits.remove() : false);
  return {
    arrowdown: () => go('down'),
    arrowup: () => go('up'),
    arrowleft: () => go('left'),
    arrowright: () => go('right'),
    a: () => options.onAdd(single),
    n: () => (single !== undefined && single !== START ? options.onNote(single) : false),
    t: () => edits.tidy(),
    f: () => viewport.fit(),
    '/': () => options.onFind(),
    '?': () => options.onSheet(),
    '+': () => viewport.zoom(1),
    '=': () => viewport.zoom(1),
    '-': () => viewport.zoom(-1),
    enter: (event) => {
      const focused = focusedBlock(event.target);
      if (focused === undefined) return false;
      if (focused !== single) onSelect([focused]);
      options.onInspect();
      return undefined;
    },
    escape: () => (selection.size > 0 ? onSelect([]) : false),
    delete: remove,
    backspace: remove,
    'mod+a': () => edits.selectAll(),
    'mod+d': () => edits.duplicate(),
    'mod+z': () => draft.undo(),
    'shift+mod+z': () => draft.redo(),
    'mod+y': () => draft.redo(),
    'mod+s': () => draft.saveNow(),
  };
}

/** The block on which the keyboard is; not a button within it. */
function focusedBlock(target: EventTarget | null): string | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  return target.classList.contains('react-flow__node') ? target.dataset['id'] : undefined;
}
