import { MOST_NOTES, type NoteColour } from '@perennial/blocks';
import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useText } from '../../app/text.tsx';
import { align, type Alignment } from '../edit/align.ts';
import { fromClip, toClip, type Clip } from '../edit/clip.ts';
import { connect, disconnect, reconnect } from '../edit/connect.ts';
import { blocksOf, type Draft, type DraftBlocks, type Way } from '../edit/draft.ts';
import type { NoChain } from '../edit/chain.ts';
import {
  duplicateBlocks,
  insertBlock,
  whyNotOn,
  type Inserted,
  type Spot,
} from '../edit/insert-blocks.ts';
import { chainThere, moveOnto, strangersTo, takersOf } from '../edit/move-onto-way.ts';
import { newBlock } from '../edit/new-block.ts';
import { arrange, moveBlocks } from '../edit/places.ts';
import { removeBlocks } from '../edit/remove-blocks.ts';
import { setNote } from '../edit/change-block.ts';
import { moveAll } from '../edit/move-all.ts';
import {
  addNotes,
  newNote,
  notesOf,
  pickNotes,
  removeNotes,
  resizeNote,
  setNoteColour,
  setNoteText,
} from '../edit/notes.ts';
import { noteElement, noteOf } from '../note-element.ts';
import { pasteClip } from '../edit/paste-clip.ts';
import { graphOf, START, type GraphBlock, type Position } from '../graph.ts';
import type { Box } from './use-node-changes.ts';
import { useLatest } from '../use-latest.ts';
import { firstOpenWay, waysAfter } from './ways-after.ts';

/** What the builder edits: the draft as it stands, and how to change it. */
export interface Editable {
  definition: Draft;
  edit: (change: (draft: Draft) => Draft, options?: { group?: string }) => void;
}

/** The ways onto which blocks can be dragged, or why they go onto none. */
export interface Takers {
  takes: (way: Way) => boolean;
  refusal: NoChain | null;
}

interface EditsOptions {
  editable: Editable;
  selection: ReadonlySet<string>;
  /** The edge that is selected. */
  way: Way | null;
  places: ReadonlyMap<string, Position>;
  /** What a block says that it does. */
  sentenceOf: (block: GraphBlock) => string;
  /** Where what is put nowhere in particular goes. */
  middle: () => Position;
  onSelect: (ids: readonly string[]) => void;
  /** New blocks come into sight. */
  onMade: (ids: readonly string[]) => void;
}

export type Edits = ReturnType<typeof editsOf>;

/** All that can be done to the graph, by whichever way it is asked for. */
export function useEdits(options: EditsOptions): Edits {
  const t = useText();
  const latest = useLatest(options);
  return useMemo(() => editsOf(() => latest.current, t), [latest, t]);
}

function editsOf(now: () => EditsOptions, t: ReturnType<typeof useText>) {
  const chosen = () =>
    [...now().selection].filter((id) => id !== START && noteOf(id) === undefined);
  const chosenNotes = () => [...now().selection].flatMap((id) => noteOf(id) ?? []);

  function insert(make: (draft: Draft) => Inserted): void {
    const { editable, onSelect, onMade } = now();
    const made = make(editable.definition);
    if (made.ids.length === 0) return;
    editable.edit(() => made.draft);
    onSelect(made.ids);
    onMade(made.ids);
  }

  /** On the edge that is selected, or after the one block; else where the way is open, else in the middle. */
  function usualSpot(): Spot {
    const { editable, selection, way: chosenWay, middle } = now();
    if (chosenWay) return { way: chosenWay };
    const [only, ...others] = selection;
    const way =
      only !== undefined && others.length === 0
        ? waysAfter(editable.definition, only)[0]
        : firstOpenWay(editable.definition);
    return way ? { way } : { at: middle() };
  }

  function copied(): string | undefined {
    const { editable, places } = now();
    const [ids, notes] = [chosen(), chosenNotes()];
    const count = ids.length + notes.length;
    if (count === 0) return undefined;
    notifications.show({ message: t('builder.copied', { count }), autoClose: 2_000 });
    return toClip(editable.definition, { ids, notes, places });
  }

  function remove(): void {
    const { editable, onSelect } = now();
    const [ids, notes] = [chosen(), chosenNotes()];
    if (ids.length + notes.length === 0) return;
    editable.edit((draft) => removeNotes(removeBlocks(draft, ids), notes));
    onSelect([]);
  }

  return {
    add: (type: string, spot: Spot = usualSpot()) =>
      insert((draft) => insertBlock(draft, newBlock(type), spot)),
    /** Blocks that were put at a place of one's own choice: from now on all keep theirs. */
    addAt: (type: string, at: Position) =>
      insert((draft) => {
        const isFirst = Object.keys(blocksOf(draft)).length === 0;
        const placed = isFirst ? draft : moveBlocks(draft, now().places);
        return insertBlock(placed, newBlock(type), { at });
      }),
    duplicate: () =>
      insert((draft) => {
        const blocks = duplicateBlocks(draft, chosen());
        const copies = pickNotes(draft, chosenNotes());
        const notes = addNotes(blocks.draft, copies, { x: 24, y: 24 });
        return { draft: notes.draft, ids: [...blocks.ids, ...notes.ids.map(noteElement)] };
      }),
    paste: (text: string) => {
      const clip = fromClip(text);
      if (!clip) {
        notifications.show({ message: t('builder.nothingToPaste') });
        return;
      }
      const spot = pasteSpot(clip);
      if (!spot) return;
      const count = Object.keys(clip.blocks).length + clip.notes.length;
      insert((draft) => pasteClip(draft, clip, { spot, middle: now().middle() }));
      notifications.show({ message: t('builder.pasted', { count }), autoClose: 4_000 });
    },
    /** A new note, in the middle of what is seen unless a place is named; its element's ID. */
    addNote: (at?: Position): string | undefined => {
      const { editable, onSelect, middle } = now();
      const { draft, ids } = addNotes(editable.definition, [newNote(at ?? middle())]);
      const [id] = ids;
      if (id === undefined) {
        notifications.show({ message: t('builder.note.most', { count: MOST_NOTES }) });
        return undefined;
      }
      editable.edit(() => draft);
      onSelect([noteElement(id)]);
      return noteElement(id);
    },
    writeFreeNote: (element: string, text: string) =>
      now().editable.edit((draft) => setNoteText(draft, noteOf(element) ?? '', text), {
        group: `note ${element}`,
      }),
    colourNotes: (colour: NoteColour) =>
      now().editable.edit((draft) => setNoteColour(draft, chosenNotes(), colour)),
    resizeNote: (element: string, box: Box) =>
      now().editable.edit((draft) => resizeNote(draft, noteOf(element) ?? '', box)),
    /** Brings the selected blocks into order among themselves. */
    align: (how: Alignment) => {
      const { editable, places } = now();
      const moved = align(graphOf(editable.definition), places, { ids: chosen(), how });
      editable.edit((draft) => moveBlocks(draft, new Map([...places, ...moved])));
    },
    copy: copied,
    cut: () => {
      const text = copied();
      if (text !== undefined) remove();
      return text;
    },
    remove,
    removeWay: (way: Way) => now().editable.edit((draft) => disconnect(draft, way)),
    lead: (way: Way, target: string) => now().editable.edit((draft) => connect(draft, way, target)),
    reroute: (from: Way, to: Way & { target: string }) =>
      now().editable.edit((draft) => reconnect(draft, from, to)),
    move: (moved: ReadonlyMap<string, Position>) => {
      const { editable, places } = now();
      editable.edit((draft) => moveAll(draft, moved, places));
    },
    /**
     * The ways that take blocks that are there; or those that would, and why they do not. One that
     * ends runs is only moved, and nothing is said.
     */
    takersOf: (ids: readonly string[]): Takers => {
      const { definition } = now().editable;
      const chain = chainThere(definition, ids);
      return 'problem' in chain && ids.length > 1
        ? { takes: strangersTo(definition, ids), refusal: chain }
        : { takes: takersOf(definition, ids), refusal: null };
    },
    /** Puts blocks that are there on another edge; notes that came along lie where they were let go. */
    moveOnto: (moved: ReadonlyMap<string, Position>, way: Way) => {
      const [notes, blocks] = split(moved);
      now().editable.edit((draft) =>
        moveOnto(moveAll(draft, notes, now().places), [...blocks.keys()], way),
      );
    },
    /** Says why blocks that were let go over an edge are only moved. */
    refuse: (why: NoChain) => refuse(why, blocksOf(now().editable.definition)),
    tidy: () => now().editable.edit(arrange),
    note: (id: string, note: string) =>
      now().editable.edit((draft) => setNote(draft, id, note), { group: `note ${id}` }),
    selectAll: () => {
      const { definition } = now().editable;
      const notes = Object.keys(notesOf(definition)).map(noteElement);
      now().onSelect([...Object.keys(blocksOf(definition)), ...notes]);
    },
  };

  /** On the edge that is selected; after the selected block, where it fits; else beside the others. */
  function pasteSpot(clip: Clip): Spot | null {
    const { blocks } = clip;
    const { editable, selection, way, middle } = now();
    const isEmpty = Object.keys(blocksOf(editable.definition)).length === 0;
    const spot = way || selection.size === 1 || isEmpty ? usualSpot() : { at: middle() };
    const isOnWay = 'way' in spot && Object.keys(blocks).length > 0;
    const why = isOnWay ? whyNotOn(editable.definition, clip, spot.way) : undefined;
    if (!why) return spot;
    if (!way) return { at: middle() };
    refuse(why, blocks);
    return null;
  }

  function refuse({ problem, at }: NoChain, blocks: DraftBlocks): void {
    const { title, detail } = wordsOf(problem, at.length === 0);
    const meant = graphOf({ blocks }).blocks.filter(({ id }) => at.includes(id));
    const named = meant.map(now().sentenceOf).join(' · ');
    notifications.show({
      title: t(title),
      message: t(detail, { blocks: named }),
      color: 'yellow',
      autoClose: 10_000,
    });
  }
}

function wordsOf(problem: NoChain['problem'], isNone: boolean) {
  const count = isNone ? ('none' as const) : ('several' as const);
  return {
    title: `builder.chain.${problem}` as const,
    detail: `builder.chain.${problem}.${count}` as const,
  };
}

/** What of the canvas are notes, and what blocks. */
function split(moved: ReadonlyMap<string, Position>) {
  const all = [...moved];
  return [
    new Map(all.filter(([id]) => noteOf(id) !== undefined)),
    new Map(all.filter(([id]) => noteOf(id) === undefined)),
  ] as const;
}
