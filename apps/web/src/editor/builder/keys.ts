import { walk, type Direction } from '../edit/walk.ts';
import { noteOf } from '../note-element.ts';
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
  /** A new note of the canvas, to be written on. */
  onFreeNote: () => void;
  /** The keyboard goes to the tools for what is selected; false where there are none. */
  onTools: () => void | false;
  onSheet: () => void;
}

/** By keyboard elements move so far at once, as far as the dots of the canvas are apart. */
const STEP = 20;

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

  function shift(dx: number, dy: number): void | false {
    const notes = graph.notes.map(({ id, position }) => [id, position] as const);
    const known = new Map([...places, ...notes]);
    const moved = [...selection].flatMap((id) => {
      const place = id === START ? undefined : known.get(id);
      return place ? [[id, { x: place.x + dx, y: place.y + dy }] as const] : [];
    });
    if (moved.length === 0) return false;
    edits.move(new Map(moved));
    return undefined;
  }

  const remove = () => (selection.size > 0 ? edits.remove() : false);
  return {
    arrowdown: () => go('down'),
    arrowup: () => go('up'),
    arrowleft: () => go('left'),
    arrowright: () => go('right'),
    a: () => options.onAdd(single),
    n: () =>
      single === undefined || single === START ? options.onFreeNote() : options.onNote(single),
    'shift+n': () => options.onFreeNote(),
    s: () => options.onTools(),
    'alt+arrowdown': () => shift(0, STEP),
    'alt+arrowup': () => shift(0, -STEP),
    'alt+arrowleft': () => shift(-STEP, 0),
    'alt+arrowright': () => shift(STEP, 0),
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
      if (noteOf(focused) === undefined) options.onInspect();
      else options.onNote(focused);
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
