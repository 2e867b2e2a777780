import { START } from '../graph.ts';
import { allExits, blocksOf, withTarget, type Draft, type Way } from './draft.ts';

/** Whether an exit can lead to a block: both are there. */
export function canConnect(draft: Draft, way: Way, target: string): boolean {
  const blocks = blocksOf(draft);
  if (!Object.hasOwn(blocks, target)) return false;
  if (way.source === START) return true;
  const source = blocks[way.source];
  return source !== undefined && allExits(source).includes(way.exit);
}

/** Lets an exit lead to a block; where it led before, it leads no more. */
export function connect(draft: Draft, way: Way, target: string): Draft {
  return canConnect(draft, way, target) ? withTarget(draft, way, target) : draft;
}

/** Lets an exit lead nowhere: runs that take it end. */
export function disconnect(draft: Draft, way: Way): Draft {
  return withTarget(draft, way, undefined);
}

/** Moves one end of an edge: another exit that leads to the block, or another block it leads to. */
export function reconnect(draft: Draft, from: Way, to: Way & { target: string }): Draft {
  const way = { source: to.source, exit: to.exit };
  if (!canConnect(draft, way, to.target)) return draft;
  return withTarget(disconnect(draft, from), way, to.target);
}
