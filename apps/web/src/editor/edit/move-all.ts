import type { Position } from '../graph.ts';
import type { Draft } from './draft.ts';
import { moveNotes } from './notes.ts';
import { noteOf } from '../note-element.ts';
import { moveBlocks } from './places.ts';

type Places = ReadonlyMap<string, Position>;

/**
 * Moves elements of the canvas, blocks and notes. With one block all get the places where they stand;
 * who moves only notes leaves the blocks to the layout.
 */
export function moveAll(draft: Draft, moved: Places, standing: Places): Draft {
  const notes = new Map(
    [...moved].flatMap(([element, place]) => {
      const id = noteOf(element);
      return id === undefined ? [] : [[id, place] as const];
    }),
  );
  const noted = moveNotes(draft, notes);
  return notes.size === moved.size ? noted : moveBlocks(noted, new Map([...standing, ...moved]));
}
