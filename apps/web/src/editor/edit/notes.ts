import { MOST_NOTES, noteColours, type NoteColour } from '@perennial/blocks';
import { objectOf, positionOf, type Position } from '../graph.ts';
import { NOTE_SIZE, type Size } from '../note-element.ts';
import { withMember, type Draft } from './draft.ts';

/** A note of the canvas as the definition holds it. */
export type DraftNote = Readonly<Record<string, unknown>>;

type DraftNotes = Readonly<Record<string, DraftNote>>;

export function notesOf(draft: Draft): DraftNotes {
  return objectOf(draft['notes']) as DraftNotes;
}

function withNotes(draft: Draft, notes: DraftNotes): Draft {
  return withMember(draft, 'notes', Object.keys(notes).length > 0 ? notes : undefined);
}

export interface AddedNotes {
  draft: Draft;
  /** IDs of the new notes. */
  ids: readonly string[];
}

/** Puts notes on the canvas, moved by so much; as many as a workflow takes. */
export function addNotes(
  draft: Draft,
  added: readonly DraftNote[],
  by: Position = { x: 0, y: 0 },
): AddedNotes {
  const notes: Record<string, DraftNote> = { ...notesOf(draft) };
  const ids: string[] = [];
  for (const note of added) {
    if (Object.keys(notes).length >= MOST_NOTES) break;
    const id = freeNoteId(notes);
    const { x, y } = positionOf(note['position']) ?? { x: 0, y: 0 };
    notes[id] = { ...note, position: rounded({ x: x + by.x, y: y + by.y }) };
    ids.push(id);
  }
  return { draft: ids.length > 0 ? withNotes(draft, notes) : draft, ids };
}

export function newNote(position: Position): DraftNote {
  return { text: '', position, size: NOTE_SIZE, colour: noteColours[0] };
}

export function setNoteText(draft: Draft, id: string, text: string): Draft {
  return changeNote(draft, id, (note) => ({ ...note, text }));
}

export function setNoteColour(draft: Draft, ids: readonly string[], colour: NoteColour): Draft {
  return ids.reduce((done, id) => changeNote(done, id, (note) => ({ ...note, colour })), draft);
}

/** Moves notes; on whole pixels, as blocks are. */
export function moveNotes(draft: Draft, places: ReadonlyMap<string, Position>): Draft {
  return [...places].reduce(
    (done, [id, place]) => changeNote(done, id, (note) => ({ ...note, position: rounded(place) })),
    draft,
  );
}

/** Gives a note another size, from its left or upper side with another place. */
export function resizeNote(
  draft: Draft,
  id: string,
  { position, size }: { position: Position; size: Size },
): Draft {
  return changeNote(draft, id, (note) => ({
    ...note,
    position: rounded(position),
    size: { width: Math.round(size.width), height: Math.round(size.height) },
  }));
}

export function removeNotes(draft: Draft, ids: readonly string[]): Draft {
  const gone = new Set(ids);
  const kept = Object.entries(notesOf(draft)).filter(([id]) => !gone.has(id));
  return gone.size === 0 ? draft : withNotes(draft, Object.fromEntries(kept));
}

/** Some notes of a draft, as they stand. */
export function pickNotes(draft: Draft, ids: readonly string[]): DraftNote[] {
  const notes = notesOf(draft);
  return ids.flatMap((id) => (notes[id] ? [notes[id]] : []));
}

function changeNote(draft: Draft, id: string, change: (note: DraftNote) => DraftNote): Draft {
  const notes = notesOf(draft);
  const note = notes[id];
  return note ? withNotes(draft, { ...notes, [id]: change(note) }) : draft;
}

function freeNoteId(notes: DraftNotes): string {
  let n = 1;
  while (Object.hasOwn(notes, `note_${n}`)) n += 1;
  return `note_${n}`;
}

function rounded({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) };
}
