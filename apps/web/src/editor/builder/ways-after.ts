import { START } from '../graph.ts';
import {
  allExits,
  blocksOf,
  START_WAY,
  targetOf,
  throughExit,
  waysInto,
  type Draft,
  type Way,
} from '../edit/draft.ts';

/**
 * Ways on which a block can be put after another: first where nothing follows yet. Before a block
 * that ends, there is only the way into it.
 */
export function waysAfter(draft: Draft, id: string): Way[] {
  if (id === START) return [START_WAY];
  const block = blocksOf(draft)[id];
  if (!block) return [];
  const ways = allExits(block).map((exit) => ({ source: id, exit }));
  if (ways.length === 0) return waysInto(draft, id).slice(0, 1);
  const through = throughExit(block);
  const rank = (way: Way) => {
    if (way.exit === 'failed') return 3;
    if (targetOf(draft, way) === undefined) return 0;
    return way.exit === through ? 1 : 2;
  };
  return ways.sort((a, b) => rank(a) - rank(b));
}

/** The first end that is open on the way of a run, by the exits that are usually drawn. */
export function firstOpenWay(draft: Draft): Way | undefined {
  const met = new Set<string>([START]);
  for (const source of met) {
    const block = blocksOf(draft)[source];
    const exits = source === START ? ['next'] : allExits(block ?? {});
    for (const exit of exits) {
      const target = targetOf(draft, { source, exit });
      if (target !== undefined) met.add(target);
      else if (exit !== 'failed') return { source, exit };
    }
  }
  return undefined;
}
