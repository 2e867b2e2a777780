import { chainOf, type Chain, type NoChain } from './chain.ts';
import {
  blocksOf,
  drawnExits,
  START_WAY,
  targetOf,
  withBlocks,
  withTarget,
  type Draft,
  type DraftBlocks,
  type Way,
} from './draft.ts';
import { headFirst, insertBlocks, pick } from './insert-blocks.ts';
import { downstream } from './places.ts';

/**
 * Says of ways whether blocks that are there can be put on them, one or a chain: not on their own,
 * and not behind what their other exits lead to, since those they take along and they would come
 * before themselves.
 */
export function takersOf(draft: Draft, ids: readonly string[]): (way: Way) => boolean {
  const chain = chainThere(draft, ids);
  const apart = strangersTo(draft, ids);
  if ('problem' in chain) return () => false;
  const behind = behindOthers(draft, ids, chain.tail);
  return (way) => apart(way) && !behind.has(way.source);
}

/** Says of ways whether they are drawn, and neither begin nor end at one of some blocks. */
export function strangersTo(draft: Draft, ids: readonly string[]): (way: Way) => boolean {
  const own = new Set(ids);
  return (way) => {
    const target = targetOf(draft, way);
    return target !== undefined && !own.has(target) && !own.has(way.source);
  };
}

/** How a run passes through blocks that are there. One that ends runs would cut off what follows. */
export function chainThere(draft: Draft, ids: readonly string[]): Chain | NoChain {
  const blocks = pick(draft, ids);
  return chainOf(blocks, entriesOf(draft, blocks));
}

/** Those of some blocks to which the start or others lead. */
export function entriesOf(draft: Draft, blocks: DraftBlocks): string[] {
  return [...new Set(waysFromOthers(draft, blocks).map((way) => targetOf(draft, way)!))];
}

/**
 * Takes blocks from where they are and puts them on another way, among themselves as they are. What
 * led to them leads to what followed them, what follows them is where the way led to; their other
 * exits stay as they are.
 */
export function moveOnto(draft: Draft, ids: readonly string[], way: Way): Draft {
  const chain = chainThere(draft, ids);
  if ('problem' in chain || !takersOf(draft, ids)(way)) return draft;
  const blocks = pick(draft, ids);
  const left = steppedOut(draft, blocks, chain.tail);
  const others = Object.entries(blocksOf(left)).filter(([id]) => !Object.hasOwn(blocks, id));
  const without = withBlocks(left, Object.fromEntries(others));
  const { draft: joined } = insertBlocks(without, headFirst(blocks, chain.head), { way });
  return withKeptExits(joined, blocks, chain.tail);
}

/** The draft with nothing from elsewhere leading to the blocks any more. */
function steppedOut(draft: Draft, blocks: DraftBlocks, tail: Way): Draft {
  const follower = targetOf(draft, tail);
  const onward = follower !== undefined && Object.hasOwn(blocks, follower) ? undefined : follower;
  return waysFromOthers(draft, blocks).reduce(
    (left, way) => withTarget(left, way, way.source === onward ? undefined : onward),
    draft,
  );
}

/** Ways into some blocks from the start and from others. */
function waysFromOthers(draft: Draft, blocks: DraftBlocks): Way[] {
  const sources = Object.entries(blocksOf(draft)).filter(([id]) => !Object.hasOwn(blocks, id));
  const ways = sources.flatMap(([source, block]) =>
    Object.keys(drawnExits(block)).map((exit): Way => ({ source, exit })),
  );
  return [START_WAY, ...ways].filter((way) => {
    const target = targetOf(draft, way);
    return target !== undefined && Object.hasOwn(blocks, target);
  });
}

function withKeptExits(draft: Draft, before: DraftBlocks, tail: Way): Draft {
  return otherWaysOut(before, tail).reduce(
    (joined, [way, target]) => withTarget(joined, way, target),
    draft,
  );
}

/** Exits that lead away from some blocks, apart from the one that goes on. */
function otherWaysOut(blocks: DraftBlocks, tail: Way): [way: Way, target: string][] {
  return Object.entries(blocks).flatMap(([source, block]) =>
    Object.entries(drawnExits(block)).flatMap(([exit, target]): [Way, string][] => {
      const isTail = source === tail.source && exit === tail.exit;
      return isTail || Object.hasOwn(blocks, target) ? [] : [[{ source, exit }, target]];
    }),
  );
}

/** All blocks to which a run comes by the exits of some other than the one that goes on. */
function behindOthers(draft: Draft, ids: readonly string[], tail: Way): ReadonlySet<string> {
  const others = otherWaysOut(pick(draft, ids), tail);
  return new Set(others.flatMap(([, target]) => [...downstream(draft, target)]));
}
