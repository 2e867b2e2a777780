import { MOST_NOTES, parseWorkflow } from '@perennial/blocks';
import { expect, test } from 'vitest';
import { graphOf } from '../graph.ts';
import { noteElement } from '../note-element.ts';
import { fromClip, toClip } from './clip.ts';
import { compareDrafts } from './compare-drafts.ts';
import { blocksOf } from './draft.ts';
import { moveAll } from './move-all.ts';
import {
  addNotes,
  newNote,
  notesOf,
  removeNotes,
  resizeNote,
  setNoteColour,
  setNoteText,
} from './notes.ts';
import { pasteClip } from './paste-clip.ts';
import { isPlaced } from './places.ts';
import { welcomeDraft } from './test-draft.ts';

const draft = addNotes(welcomeDraft(), [newNote({ x: 10.4, y: 20.6 })]).draft;
const said = setNoteText(draft, 'note_1', 'Ask Lena first');

test('a new note lies on whole pixels, is drawn, and the definition stays sound', () => {
  expect(notesOf(draft)['note_1']).toMatchObject({ text: '', position: { x: 10, y: 21 } });
  expect(graphOf(said).notes).toEqual([
    {
      id: '#note:note_1',
      text: 'Ask Lena first',
      position: { x: 10, y: 21 },
      size: { width: 240, height: 120 },
      colour: 'yellow',
    },
  ]);
  const parsed = parseWorkflow(setNoteColour(said, ['note_1'], 'blue'));
  expect(parsed.ok).toBe(true);
  expect(parsed.ok && Object.keys(parsed.definition)).not.toContain('notes');
});

test('the last note that is removed leaves no trace', () => {
  expect(removeNotes(draft, ['note_1'])).toEqual(welcomeDraft());
});

test('a note that is moved or resized leaves the blocks to the layout', () => {
  const moved = moveAll(said, new Map([[noteElement('note_1'), { x: 1, y: 2 }]]), new Map());
  const resized = resizeNote(moved, 'note_1', {
    position: { x: 0.2, y: 2 },
    size: { width: 300.4, height: 80 },
  });
  expect(notesOf(resized)['note_1']).toMatchObject({
    position: { x: 0, y: 2 },
    size: { width: 300, height: 80 },
  });
  expect(isPlaced(resized)).toBe(false);
  expect(blocksOf(resized)).toBe(blocksOf(said));
});

test('notes go through the clipboard beside their blocks, and alone to the middle', () => {
  const placed = addNotes(welcomeDraft(true), [newNote({ x: 300, y: 176 })]).draft;
  const places = new Map([['ask', { x: 0, y: 176 }]]);
  const clip = fromClip(toClip(placed, { ids: ['ask'], notes: ['note_1'], places }))!;
  const middle = { x: 1_000, y: 1_000 };
  const beside = pasteClip(placed, clip, { spot: { at: middle }, middle });
  expect(beside.ids).toEqual(['if_1', '#note:note_2']);
  expect(notesOf(beside.draft)['note_2']).toMatchObject({ position: { x: 1_300, y: 1_000 } });
  const alone = pasteClip(placed, { ...clip, blocks: {} }, { spot: { at: middle }, middle });
  expect(notesOf(alone.draft)['note_2']).toMatchObject({ position: middle });
});

test('a workflow takes so many notes and no more', () => {
  const many = addNotes(
    welcomeDraft(),
    Array.from({ length: MOST_NOTES + 5 }, () => newNote({ x: 0, y: 0 })),
  );
  expect(many.ids).toHaveLength(MOST_NOTES);
  expect(addNotes(many.draft, [newNote({ x: 0, y: 0 })]).draft).toBe(many.draft);
});

test('what notes say is told between versions, where they lie is not', () => {
  const after = addNotes(setNoteText(said, 'note_1', 'Ask Ada first'), [newNote({ x: 0, y: 0 })]);
  const moved = moveAll(said, new Map([[noteElement('note_1'), { x: 99, y: 99 }]]), new Map());
  expect(compareDrafts(said, moved).parts).toEqual([]);
  const { parts, changes } = compareDrafts(said, after.draft);
  expect(parts).toEqual([
    { path: '/notes/note_1', before: 'Ask Lena first', after: 'Ask Ada first' },
    { path: '/notes/note_2', before: undefined, after: '' },
  ]);
  expect([...changes]).toEqual([
    ['#note:note_1', 'changed'],
    ['#note:note_2', 'added'],
  ]);
  const gone = compareDrafts(said, removeNotes(said, ['note_1']));
  expect(gone.graph.notes.map(({ id }) => id)).toEqual(['#note:note_1']);
});
