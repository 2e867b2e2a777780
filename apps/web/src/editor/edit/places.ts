import type { Position } from '../graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH, COLUMN_GAP, ROW_GAP } from '../layout.ts';
import {
  allExits,
  blocksOf,
  drawnExits,
  withBlocks,
  withMember,
  type Draft,
  type DraftBlock,
  type Way,
} from './draft.ts';
import { positionOf, START } from '../graph.ts';

/** From the top of a row of blocks to the top of the next. */
export const ROW = BLOCK_HEIGHT + ROW_GAP;
const COLUMN = BLOCK_WIDTH + COLUMN_GAP;

/** Somebody put the blocks where they are; else they are laid out by themselves. */
export function isPlaced(draft: Draft): boolean {
  const blocks = Object.values(blocksOf(draft));
  return blocks.length > 0 && blocks.every((block) => positionOf(block['position']) !== null);
}

export function placeOf(draft: Draft, id: string): Position | null {
  return positionOf(blocksOf(draft)[id]?.['position']);
}

/** Moves blocks; on whole pixels, so that the definition stays readable. */
export function moveBlocks(draft: Draft, places: ReadonlyMap<string, Position>): Draft {
  const moved = Object.entries(blocksOf(draft)).map(([id, block]): [string, DraftBlock] => {
    const place = places.get(id);
    return [id, place ? { ...block, position: rounded(place) } : block];
  });
  return withBlocks(draft, Object.fromEntries(moved));
}

/** Leaves the blocks' places to the layout, which then follows every edit. */
export function arrange(draft: Draft): Draft {
  const blocks = Object.entries(blocksOf(draft)).map(([id, block]): [string, DraftBlock] => [
    id,
    withMember(block, 'position', undefined),
  ]);
  return withBlocks(draft, Object.fromEntries(blocks));
}

/** Where a block put on a way goes: in the place of what it is put before, else below, beside others. */
export function placeOnWay(
  draft: Draft,
  { source, exit }: Way,
  target: string | undefined,
): Position {
  const before = target === undefined ? null : placeOf(draft, target);
  if (source === START) return before ?? { x: 0, y: 0 };
  const above = placeOf(draft, source) ?? { x: 0, y: 0 };
  if (before && before.y >= above.y + ROW) return { x: before.x, y: above.y + ROW };
  const exits = allExits(blocksOf(draft)[source] ?? {}).filter((name) => name !== 'failed');
  const side = exits.length > 1 && exits.includes(exit) ? exits.indexOf(exit) : 0;
  return freePlace(draft, { x: above.x + side * COLUMN, y: above.y + ROW });
}

/** The place itself, or the next to its right that no block covers. */
export function freePlace(draft: Draft, wanted: Position): Position {
  const places = Object.values(blocksOf(draft)).flatMap((block) => {
    const place = positionOf(block['position']);
    return place ? [place] : [];
  });
  let { x } = wanted;
  while (places.some((place) => overlap(place, { x, y: wanted.y }))) x += COLUMN / 2;
  return { x, y: wanted.y };
}

/** Moves a block and what follows it down by so much, as far as it stands below a line. */
export function pushDown(
  draft: Draft,
  from: string,
  { below, by }: { below: number; by: number },
): Draft {
  if (by <= 0) return draft;
  const places = new Map<string, Position>();
  for (const id of downstream(draft, from)) {
    const place = placeOf(draft, id);
    if (place && place.y >= below) places.set(id, { x: place.x, y: place.y + by });
  }
  return moveBlocks(draft, places);
}

/** A block and all to which its exits lead, however far. */
export function downstream(draft: Draft, from: string): Set<string> {
  const blocks = blocksOf(draft);
  const met = new Set([from]);
  for (const id of met) {
    for (const target of Object.values(drawnExits(blocks[id] ?? {}))) met.add(target);
  }
  return met;
}

function overlap(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < BLOCK_WIDTH && Math.abs(a.y - b.y) < BLOCK_HEIGHT;
}

function rounded({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) };
}
