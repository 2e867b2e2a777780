import { BLOCK_HEIGHT } from '../layout.ts';
import { positionOf, type Position } from '../graph.ts';
import { freeId } from './block-ids.ts';
import { chainOf, firstOf, type NoChain } from './chain.ts';
import {
  blocksOf,
  drawnExits,
  START_WAY,
  targetOf,
  throughExit,
  withBlocks,
  withMember,
  withTarget,
  type Draft,
  type DraftBlock,
  type DraftBlocks,
  type Way,
} from './draft.ts';
import { freePlace, isPlaced, placeOnWay, pushDown, ROW } from './places.ts';
import { renameReferences } from './rename-references.ts';

/** Where blocks are put: on a way, or at a place where nothing leads to them yet. */
export type Spot = { way: Way } | { at: Position };

export interface Inserted {
  draft: Draft;
  /** IDs of the new blocks, the one that is met first at the front. */
  ids: readonly string[];
}

/**
 * Puts blocks into a draft. IDs that are taken become new ones, exits among the blocks hold and
 * others are cut. On a way, what it led to follows behind them, where they go on at one place.
 */
export function insertBlocks(draft: Draft, blocks: DraftBlocks, spot: Spot): Inserted {
  const fresh = withFreshIds(blocks, new Set(Object.keys(blocksOf(draft))));
  const ids = fromHead(fresh);
  if (ids.length === 0) return { draft, ids };
  const placed = isPlaced(draft);
  const added = withBlocks(draft, { ...blocksOf(draft), ...withoutPlaces(fresh) });
  const joined =
    'way' in spot ? joinWay(draft, added, ids, spot.way) : joinStart(draft, added, ids);
  return { draft: placed ? place(draft, joined, fresh, ids, spot) : joined, ids };
}

/**
 * Why blocks cannot be put on a way, if they cannot: what it leads to has to follow them, and runs
 * have to come in at one of them. Where it leads nowhere yet, they may end.
 */
export function whyNotOn(
  draft: Draft,
  { blocks, entries = [] }: { blocks: DraftBlocks; entries?: readonly string[] },
  way: Way,
): NoChain | undefined {
  const chain = chainOf(blocks, entries);
  if (!('problem' in chain)) return undefined;
  const mayEnd = targetOf(draft, way) === undefined;
  return mayEnd && chain.problem === 'out' ? undefined : chain;
}

/** A new block of a kind with its first settings, put into a draft. */
export function insertBlock(draft: Draft, block: DraftBlock, spot: Spot): Inserted {
  const id = freeId(String(block['type']), new Set(Object.keys(blocksOf(draft))));
  return insertBlocks(draft, { [id]: block }, spot);
}

/** Copies of blocks: of one with a way on, right behind it; else beside them. */
export function duplicateBlocks(draft: Draft, ids: readonly string[]): Inserted {
  const blocks = pick(draft, ids);
  const [only, ...others] = Object.entries(blocks);
  if (!only) return { draft, ids: [] };
  const exit = throughExit(only[1]);
  if (others.length === 0 && exit !== undefined) {
    return insertBlocks(draft, blocks, { way: { source: only[0], exit } });
  }
  const corner = cornerOf(blocks);
  return insertBlocks(draft, blocks, { at: { x: corner.x + 40, y: corner.y + 40 } });
}

/** Blocks with the one first by which runs come in, wherever a loop leads back to it. */
export function headFirst(blocks: DraftBlocks, head: string): DraftBlocks {
  return { [head]: blocks[head]!, ...blocks };
}

/** Some blocks of a draft, as they stand. */
export function pick(draft: Draft, ids: readonly string[]): DraftBlocks {
  const wanted = new Set(ids);
  return Object.fromEntries(Object.entries(blocksOf(draft)).filter(([id]) => wanted.has(id)));
}

function withFreshIds(blocks: DraftBlocks, taken: Set<string>): DraftBlocks {
  const names = new Map<string, string>();
  for (const [id, block] of Object.entries(blocks)) {
    const name = taken.has(id) ? freeId(String(block['type']), taken) : id;
    taken.add(name);
    names.set(id, name);
  }
  const changed = new Map([...names].filter(([before, after]) => before !== after));
  return Object.fromEntries(
    Object.entries(blocks).map(([id, block]) => [
      names.get(id)!,
      { ...(renameReferences(block, changed) as DraftBlock), exits: exitsWithin(block, names) },
    ]),
  );
}

function exitsWithin(block: DraftBlock, names: ReadonlyMap<string, string>) {
  return Object.fromEntries(
    Object.entries(drawnExits(block)).flatMap(([exit, target]) =>
      names.has(target) ? [[exit, names.get(target)!]] : [],
    ),
  );
}

/** IDs beginning with a block to which none of the others leads, where there is one. */
function fromHead(blocks: DraftBlocks): string[] {
  const ids = Object.keys(blocks);
  const head = firstOf(blocks)[0] ?? ids[0];
  return ids.sort((a, b) => Number(b === head) - Number(a === head));
}

function joinWay(before: Draft, draft: Draft, ids: readonly string[], way: Way): Draft {
  const target = targetOf(before, way);
  const joined = withTarget(draft, way, ids[0]);
  const chain = chainOf(pick(draft, ids), ids.slice(0, 1));
  return target === undefined || 'problem' in chain
    ? joined
    : withTarget(joined, chain.tail, target);
}

/** The first blocks of a draft are where its runs begin, wherever they were put. */
function joinStart(before: Draft, draft: Draft, ids: readonly string[]): Draft {
  const hasBlocks = Object.keys(blocksOf(before)).length > 0;
  return hasBlocks ? draft : withTarget(draft, START_WAY, ids[0]);
}

/** New blocks keep how they stand to one another; what follows them makes room. */
function place(
  before: Draft,
  draft: Draft,
  fresh: DraftBlocks,
  ids: readonly string[],
  spot: Spot,
): Draft {
  const target = 'way' in spot ? targetOf(before, spot.way) : undefined;
  const origin = 'way' in spot ? placeOnWay(before, spot.way, target) : freePlace(before, spot.at);
  const shape = shapeOf(fresh, ids);
  const blocks = { ...blocksOf(draft) };
  for (const id of ids) {
    const { x, y } = shape.get(id)!;
    blocks[id] = { ...blocks[id], position: round({ x: origin.x + x, y: origin.y + y }) };
  }
  const placed = withBlocks(draft, blocks);
  const below = target && positionOf(blocks[target]?.['position']);
  if (!target || !below) return placed;
  const bottom = origin.y + Math.max(...[...shape.values()].map(({ y }) => y)) + ROW;
  return pushOthers(placed, target, new Set(ids), { below: below.y, by: bottom - below.y });
}

function pushOthers(
  draft: Draft,
  target: string,
  fresh: ReadonlySet<string>,
  push: { below: number; by: number },
): Draft {
  const pushed = pushDown(draft, target, push);
  const kept = Object.fromEntries([...fresh].map((id) => [id, blocksOf(draft)[id]!] as const));
  return withBlocks(pushed, { ...blocksOf(pushed), ...kept });
}

/** Places relative to the first block: as they came, or one below another. */
function shapeOf(blocks: DraftBlocks, ids: readonly string[]): Map<string, Position> {
  const places = ids.map((id) => positionOf(blocks[id]?.['position']));
  const [head] = places;
  return new Map(
    ids.map((id, index) => {
      const own = places[index];
      const isKnown = head && places.every(Boolean) && own;
      return [id, isKnown ? { x: own.x - head.x, y: own.y - head.y } : { x: 0, y: index * ROW }];
    }),
  );
}

function withoutPlaces(blocks: DraftBlocks): DraftBlocks {
  return Object.fromEntries(
    Object.entries(blocks).map(([id, block]) => [id, withMember(block, 'position', undefined)]),
  );
}

function cornerOf(blocks: DraftBlocks): Position {
  const places = Object.values(blocks).map((block) => positionOf(block['position']));
  const known = places.filter((place) => place !== null);
  if (known.length === 0) return { x: 0, y: -BLOCK_HEIGHT };
  return { x: Math.min(...known.map(({ x }) => x)), y: Math.min(...known.map(({ y }) => y)) };
}

function round({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) };
}
