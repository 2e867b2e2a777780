import type { Graph, GraphEdge, Position } from '../graph.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** Where an arrow key leads from a block: along its edges up and down, to its neighbours sideways. */
export function walk(
  graph: Graph,
  places: ReadonlyMap<string, Position>,
  from: string,
  direction: Direction,
): string | undefined {
  if (direction === 'down') return nearest(places, from, targets(graph.edges, from));
  if (direction === 'up') return nearest(places, from, sources(graph.edges, from));
  return sideways(places, from, direction);
}

function targets(edges: readonly GraphEdge[], id: string): string[] {
  return edges.filter(({ source }) => source === id).map(({ target }) => target);
}

function sources(edges: readonly GraphEdge[], id: string): string[] {
  return edges.filter(({ target }) => target === id).map(({ source }) => source);
}

/** Of several, the first that is least far to the side. */
function nearest(
  places: ReadonlyMap<string, Position>,
  from: string,
  ids: readonly string[],
): string | undefined {
  const x = places.get(from)?.x ?? 0;
  const away = (id: string) => Math.abs((places.get(id)?.x ?? 0) - x);
  return ids.reduce<string | undefined>(
    (best, id) => (best === undefined || away(id) < away(best) ? id : best),
    undefined,
  );
}

/** The next block to that side which stands about as high, or failing that the nearest to that side. */
function sideways(
  places: ReadonlyMap<string, Position>,
  from: string,
  direction: 'left' | 'right',
): string | undefined {
  const own = places.get(from);
  if (!own) return undefined;
  const sign = direction === 'right' ? 1 : -1;
  const beside = [...places].filter(([id, { x }]) => id !== from && (x - own.x) * sign > 0);
  // Height counts most: the eye goes along a row.
  const cost = ({ x, y }: Position) => Math.abs(y - own.y) * 4 + Math.abs(x - own.x);
  return beside.sort(([, a], [, b]) => cost(a) - cost(b))[0]?.[0];
}
