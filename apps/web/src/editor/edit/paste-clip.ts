import { positionOf, type Position } from '../graph.ts';
import type { Clip } from './clip.ts';
import { blocksOf, type Draft, type DraftBlock } from './draft.ts';
import { headFirst, insertBlocks, type Inserted, type Spot } from './insert-blocks.ts';
import { addNotes } from './notes.ts';
import { noteElement } from '../note-element.ts';

/** Puts what a clipboard holds into a draft: blocks on a spot, notes as they lay beside them. */
export function pasteClip(
  draft: Draft,
  { blocks, entries: [entry], notes }: Clip,
  { spot, middle }: { spot: Spot; middle: Position },
): Inserted {
  const ordered = entry === undefined ? blocks : headFirst(blocks, entry);
  const inserted = insertBlocks(draft, ordered, spot);
  const made = inserted.ids.map((id) => blocksOf(inserted.draft)[id]!);
  // Where the layout places blocks, or there are none, notes come to the middle.
  const [from, to] = [cornerOf(Object.values(blocks)), cornerOf(made)];
  const by = from && to ? between(from, to) : between(cornerOf(notes) ?? { x: 0, y: 0 }, middle);
  const added = addNotes(inserted.draft, notes, by);
  return { draft: added.draft, ids: [...inserted.ids, ...added.ids.map(noteElement)] };
}

/** The upper left corner of what has places. */
function cornerOf(elements: readonly DraftBlock[]): Position | undefined {
  const places = elements.flatMap(({ position }) => positionOf(position) ?? []);
  if (places.length === 0) return undefined;
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

function between(from: Position, to: Position): Position {
  return { x: to.x - from.x, y: to.y - from.y };
}
