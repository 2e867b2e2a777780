import type { Graph, Position } from '../graph.ts';
import { BLOCK_WIDTH, COLUMN_GAP, layOut } from '../layout.ts';
import { ROW } from './places.ts';

/** How some blocks are brought into order among themselves. */
export type Alignment = 'column' | 'row' | 'tidy';

type Places = ReadonlyMap<string, Position>;

/** Where blocks stand once they are in order; those of which no place is known are left out. */
export function align(
  graph: Graph,
  places: Places,
  { ids, how }: { ids: readonly string[]; how: Alignment },
): Map<string, Position> {
  const known = new Map(
    ids.flatMap((id) => {
      const place = places.get(id);
      return place ? [[id, place] as const] : [];
    }),
  );
  if (known.size < 2) return known;
  if (how === 'tidy') return tidied(graph, known);
  return how === 'column' ? inLine(known, 'y', ROW) : inLine(known, 'x', BLOCK_WIDTH + COLUMN_GAP);
}

/** All level with the first along an axis; each as far along as it was, but none on another. */
function inLine(places: Places, axis: 'x' | 'y', least: number): Map<string, Position> {
  const ordered = [...places].sort(([, a], [, b]) => a[axis] - b[axis]);
  const [, first] = ordered[0]!;
  let free = -Infinity;
  return new Map(
    ordered.map(([id, place]) => {
      const along = Math.max(place[axis], free);
      free = along + least;
      return [id, { ...first, [axis]: along }];
    }),
  );
}

/** Laid out as if they were alone, from where their upper left corner was. */
function tidied(graph: Graph, places: Places): Map<string, Position> {
  const alone = layOut({
    ...graph,
    blocks: graph.blocks.flatMap((block) =>
      places.has(block.id) ? [{ ...block, position: null }] : [],
    ),
    edges: graph.edges.filter(({ source, target }) => places.has(source) && places.has(target)),
  }).places;
  const laid = new Map([...places.keys()].map((id) => [id, alone.get(id)!]));
  const [from, to] = [cornerOf(laid), cornerOf(places)];
  return new Map(
    [...laid].map(([id, { x, y }]) => [id, { x: x - from.x + to.x, y: y - from.y + to.y }]),
  );
}

function cornerOf(places: Places): Position {
  const all = [...places.values()];
  return { x: Math.min(...all.map(({ x }) => x)), y: Math.min(...all.map(({ y }) => y)) };
}
