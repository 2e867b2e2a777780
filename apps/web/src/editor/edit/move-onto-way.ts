import {
  blocksOf,
  drawnExits,
  targetOf,
  throughExit,
  waysInto,
  withBlocks,
  withMember,
  withTarget,
  type Draft,
  type DraftBlock,
  type Way,
} from './draft.ts';
import { insertBlocks } from './insert-blocks.ts';
import { downstream } from './places.ts';

/**
 * Says of ways whether a block that is there can be put on them: not on its own, and not behind what
 * its other exits lead to, since those it takes along and it would come before itself. One that ends
 * runs would cut off what follows.
 */
export function takersOf(draft: Draft, id: string): (way: Way) => boolean {
  const block = blocksOf(draft)[id];
  if (!block || throughExit(block) === undefined) return () => false;
  const behind = behindOthers(draft, block);
  return (way) => {
    const target = targetOf(draft, way);
    return target !== undefined && target !== id && way.source !== id && !behind.has(way.source);
  };
}

/**
 * Takes a block from where it is and puts it on another way. What led to it leads to what followed it,
 * its through exit to what the way led to; its other exits stay as they are.
 */
export function moveOnto(draft: Draft, id: string, way: Way): Draft {
  const block = blocksOf(draft)[id];
  if (!block || !takersOf(draft, id)(way)) return draft;
  const left = steppedOut(draft, id);
  const { [id]: _, ...others } = blocksOf(left);
  const without = withBlocks(left, others);
  const alone = withMember(block, 'position', undefined);
  const { draft: joined } = insertBlocks(without, { [id]: alone }, { way });
  return withKeptExits(joined, id, block);
}

/** The draft with nothing leading to a block any more. */
function steppedOut(draft: Draft, id: string): Draft {
  const onward = followerOf(draft, id);
  return waysInto(draft, id).reduce(
    (left, way) => withTarget(left, way, way.source === onward ? undefined : onward),
    draft,
  );
}

function followerOf(draft: Draft, id: string): string | undefined {
  const exit = throughExit(blocksOf(draft)[id] ?? {});
  const follower = exit === undefined ? undefined : targetOf(draft, { source: id, exit });
  return follower === id ? undefined : follower;
}

function withKeptExits(draft: Draft, id: string, before: DraftBlock): Draft {
  const through = throughExit(before);
  const kept = Object.entries(drawnExits(before)).filter(
    ([exit, target]) => exit !== through && target !== id,
  );
  return kept.reduce(
    (joined, [exit, target]) => withTarget(joined, { source: id, exit }, target),
    draft,
  );
}

/** All blocks to which a run comes by the exits of a block other than the one that goes on. */
function behindOthers(draft: Draft, block: DraftBlock): ReadonlySet<string> {
  const through = throughExit(block);
  const others = Object.entries(drawnExits(block)).filter(([exit]) => exit !== through);
  return new Set(others.flatMap(([, target]) => [...downstream(draft, target)]));
}
