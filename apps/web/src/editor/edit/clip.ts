import type { Position } from '../graph.ts';
import { isBlockId } from './block-ids.ts';
import { firstOf } from './chain.ts';
import type { Draft, DraftBlock, DraftBlocks } from './draft.ts';
import { pick } from './insert-blocks.ts';
import { entriesOf } from './move-onto-way.ts';
import { pickNotes, type DraftNote } from './notes.ts';

/** By this member a text on the clipboard is known for blocks. */
const MARK = 'perennial_blocks';
const LANGUAGE = 1;

/** What a clipboard holds. */
export interface Clip {
  blocks: DraftBlocks;
  /** Of blocks of which none comes first: those to which others led where they were copied. */
  entries: readonly string[];
  notes: readonly DraftNote[];
}

interface Taken {
  ids: readonly string[];
  notes?: readonly string[];
  places: ReadonlyMap<string, Position>;
}

/** Blocks and notes as a text for the clipboard, with where they stand to one another. */
export function toClip(draft: Draft, { ids, notes = [], places }: Taken): string {
  const picked = pick(draft, ids);
  const entries = firstOf(picked).length > 0 ? [] : entriesOf(draft, picked);
  const blocks = Object.entries(picked).map(([id, block]) => {
    const position = places.get(id);
    return [id, position ? { ...block, position } : block];
  });
  const clip = {
    [MARK]: LANGUAGE,
    blocks: Object.fromEntries(blocks),
    ...(entries.length > 0 && { entries }),
    ...(notes.length > 0 && { notes: pickNotes(draft, notes) }),
  };
  return JSON.stringify(clip, null, 2);
}

/** The blocks and notes of a text, or undefined for one that holds none. */
export function fromClip(text: string): Clip | undefined {
  const clip = readJson(text);
  if (!isObject(clip) || clip[MARK] !== LANGUAGE || !isObject(clip['blocks'])) return undefined;
  const blocks = Object.entries(clip['blocks']).filter(
    (entry): entry is [string, DraftBlock] => isBlockId(entry[0]) && isObject(entry[1]),
  );
  const notes = Array.isArray(clip['notes']) ? clip['notes'].filter(isObject) : [];
  const entries = Array.isArray(clip['entries']) ? clip['entries'] : [];
  const ids = new Set(blocks.map(([id]) => id));
  return blocks.length + notes.length > 0
    ? { blocks: Object.fromEntries(blocks), entries: entries.filter((id) => ids.has(id)), notes }
    : undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
