import dagre from '@dagrejs/dagre';
import { START, type Graph, type Position } from './graph.ts';

export const BLOCK_WIDTH = 240;
/** Drawn height of a block: two lines of sentence and a line of counts. */
export const BLOCK_HEIGHT = 104;

/** Free space between rows and between blocks of a row. */
export const ROW_GAP = 72;
export const COLUMN_GAP = 48;
/** A note stands beside its block. */
export const NOTE_WIDTH = 168;

export interface Layout {
  /** Upper left corner by block. */
  places: ReadonlyMap<string, Position>;
  /** Where an edge passes rows of blocks on its way, by edge; most pass none. */
  routes: ReadonlyMap<string, readonly Position[]>;
}

/**
 * Places for all blocks, top to bottom. Where every block has a position of its own, those hold
 * and only the start is placed, above the first block; else everything is laid out afresh, since
 * a mixture would overlap.
 */
export function layOut(graph: Graph): Layout {
  const placed = graph.blocks.every((block) => block.position !== null);
  return placed && graph.blocks.length > 0
    ? { places: keepPositions(graph), routes: new Map() }
    : arrange(graph);
}

function keepPositions(graph: Graph): Map<string, Position> {
  const places = new Map<string, Position>();
  for (const { id, position } of graph.blocks) if (position) places.set(id, position);
  const first = graph.edges.find((edge) => edge.source === START);
  const below = (first && places.get(first.target)) ?? topOf(places);
  places.set(START, { x: below.x, y: below.y - BLOCK_HEIGHT - ROW_GAP });
  return places;
}

function topOf(places: Map<string, Position>): Position {
  return [...places.values()].reduce((top, place) => (place.y < top.y ? place : top));
}

function arrange(graph: Graph): Layout {
  const drawing = new dagre.graphlib.Graph({ multigraph: true });
  drawing.setGraph({ rankdir: 'TB', ranksep: ROW_GAP, nodesep: columnGap(graph) });
  drawing.setDefaultEdgeLabel(() => ({}));
  const size = { width: BLOCK_WIDTH, height: BLOCK_HEIGHT };
  drawing.setNode(START, { ...size });
  for (const { id } of graph.blocks) drawing.setNode(id, { ...size });
  // Without sweeps against crossings the order of the exits holds: "yes" stays on its side.
  for (const edge of inExitOrder(graph)) drawing.setEdge(edge.source, edge.target, {}, edge.id);
  dagre.layout(drawing, { disableOptimalOrderHeuristic: true });
  // dagre speaks of centres, the canvas of corners, measured from the start's: it stays where it is
  // while the graph grows to either side.
  const { x: left = 0, y: top = 0 } = drawing.node(START) as Partial<Position>;
  const places = new Map(
    drawing.nodes().map((id): [string, Position] => {
      const { x = 0, y = 0 } = drawing.node(id) as Partial<Position>;
      return [id, { x: x - left, y: y - top }];
    }),
  );
  const corner = { x: left - BLOCK_WIDTH / 2, y: top - BLOCK_HEIGHT / 2 };
  const routes = new Map(
    graph.edges.map((edge): [string, Position[]] => {
      const drawn = drawing.edge(edge.source, edge.target, edge.id) as { points?: Position[] };
      const passed = rowsPassed(drawn.points ?? []);
      return [edge.id, passed.map(({ x, y }) => ({ x: x - corner.x, y: y - corner.y }))];
    }),
  );
  return { places, routes };
}

function columnGap({ blocks }: Graph): number {
  return blocks.some(({ note }) => note !== null) ? COLUMN_GAP + NOTE_WIDTH : COLUMN_GAP;
}

/**
 * dagre bends an edge at the border of both blocks, in every gap between rows and in every row
 * that it passes; only the last are needed to keep clear of blocks.
 */
function rowsPassed(points: readonly Position[]): Position[] {
  return points.slice(1, -1).filter((_, index) => index % 2 === 1);
}

function inExitOrder(graph: Graph) {
  const order = new Map(graph.blocks.map((block) => [block.id, block.exits]));
  const rank = ({ source, exit }: { source: string; exit: string }) =>
    order.get(source)?.indexOf(exit) ?? 0;
  return [...graph.edges].sort((a, b) => rank(a) - rank(b));
}
