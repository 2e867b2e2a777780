import { START, type Graph, type Position } from '../graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH } from '../layout.ts';
import type { Way } from '../edit/draft.ts';
import { drawnExitsOf, exitPlaces } from '../canvas/exit-places.ts';

/** A way out, where its exit stands under its block, and where its edge ends if it is drawn. */
export interface WaySpot {
  way: Way;
  edge: string | null;
  at: Position;
  end: Position | null;
}

/** How far below its block an exit's name and its plus stand. */
export const EXIT_BELOW = 18;
/** Free exits attract from farther than edges: there is nothing else to hit around them. */
const EXIT_REACH = 110;
const EDGE_REACH = 46;
/** Of a block that is there: most are only moved, so they have to be aimed. */
export const AIMED_REACH = 22;

/** All ways of a graph with where they are drawn. */
export function waySpots(graph: Graph, places: ReadonlyMap<string, Position>): WaySpot[] {
  const drawn = drawnExitsOf(graph);
  const edges = new Map(graph.edges.map((edge) => [`${edge.source}/${edge.exit}`, edge]));
  const spot = (source: string, exit: string, percent: number): WaySpot => {
    const { x, y } = places.get(source) ?? { x: 0, y: 0 };
    const edge = edges.get(`${source}/${exit}`);
    const target = edge && places.get(edge.target);
    return {
      way: { source, exit },
      edge: edge?.id ?? null,
      at: { x: x + (percent / 100) * BLOCK_WIDTH, y: y + BLOCK_HEIGHT + EXIT_BELOW },
      end: target ? { x: target.x + BLOCK_WIDTH / 2, y: target.y } : null,
    };
  };
  const ofBlocks = graph.blocks.flatMap((block) =>
    exitPlaces(block, drawn.get(block.id) ?? new Set(), true).map(({ name, place }) =>
      spot(block.id, name, place),
    ),
  );
  return [spot(START, 'next', 50), ...ofBlocks];
}

/** The free exit or the edge that a point means; a block that cannot go on takes only exits. */
export function nearestWay<Spot extends WaySpot>(
  spots: readonly Spot[],
  point: Position,
  { edges, reach = EDGE_REACH }: { edges: boolean; reach?: number },
): Spot | null {
  let [best, least]: [Spot | null, number] = [null, reach];
  for (const spot of spots) {
    if (spot.edge !== null && !edges) continue;
    const distance = spot.end
      ? distanceToPath(point, spot.at, spot.end)
      : Math.hypot(spot.at.x - point.x, spot.at.y - point.y) * (reach / EXIT_REACH);
    if (distance < least) [best, least] = [spot, distance];
  }
  return best;
}

/** Edges go straight down, across half way, and down again. */
function distanceToPath(point: Position, from: Position, to: Position): number {
  const middle = to.y > from.y ? Math.max(from.y, to.y - 36) : (from.y + to.y) / 2;
  const corners = [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to];
  const distances = corners.slice(1).map((end, n) => distanceToSegment(point, corners[n]!, end));
  return Math.min(...distances);
}

/** Segments are upright or level, so their box is the segment itself. */
function distanceToSegment({ x, y }: Position, a: Position, b: Position): number {
  const dx = Math.max(Math.min(a.x, b.x) - x, 0, x - Math.max(a.x, b.x));
  const dy = Math.max(Math.min(a.y, b.y) - y, 0, y - Math.max(a.y, b.y));
  return Math.hypot(dx, dy);
}
