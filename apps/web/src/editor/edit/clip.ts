import type { Position } from '../graph.ts';
import { isBlockId } from './block-ids.ts';
import type { Draft, DraftBlock, DraftBlocks } from './draft.ts';
import { pick } from './insert-blocks.ts';

/** By this member a text on the clipboard is known for blocks. */
const MARK = 'perennial_blocks';
const LANGUAGE = 1;

/** Blocks as a text for the clipboard, with where they stand to one another. */
export function toClip(
  draft: Draft,
  ids: readonly string[],
  places: ReadonlyMap<string, Position>,
): string {
  const blocks = Object.entries(pick(draft, ids)).map(([id, block]) => {
    const position = places.get(id);
    return [id, position ? { ...block, position } : block];
  });
  return JSON.stringify({ [MARK]: LANGUAGE, blocks: Object.fromEntries(blocks) }, null, 2);
}

/** The blocks of a text, or undefined for one that holds none. */
export function fromClip(text: string): DraftBlocks | undefined {
  const clip = readJson(text);
  if (!isObject(clip) || clip[MARK] !== LANGUAGE || !isObject(clip['blocks'])) return undefined;
  const blocks = Object.entries(clip['blocks']).filter(
    (entry): entry is [string, DraftBlock] => isBlockId(entry[0]) && isObject(entry[1]),
  );
  return blocks.length > 0 ? Object.fromEntries(blocks) : undefined;
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
