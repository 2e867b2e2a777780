import { BLOCK_HEIGHT, ROW_GAP } from '../layout.ts';
import type { Position } from '../graph.ts';

const corner = 12;

/**
 * An SVG path from an exit to the top of a block by way of the points given: straight down, turns
 * only in the gaps between rows, corners rounded.
 */
export function orthogonalPath(
  source: Position,
  passes: readonly Position[],
  target: Position,
): string {
  const stops = [
    ...passes.map(({ x, y }) => ({ x, top: y - BLOCK_HEIGHT / 2 })),
    { x: target.x, top: target.y },
  ];
  const corners: Position[] = [];
  let x = source.x;
  for (const stop of stops) {
    const turn = stop.top - ROW_GAP / 2;
    if (stop.x !== x) corners.push({ x, y: turn }, { x: stop.x, y: turn });
    x = stop.x;
  }
  return rounded([source, ...corners, target]);
}

function rounded(points: readonly Position[]): string {
  const parts = points.map((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) return `M ${point.x} ${point.y}`;
    if (!after) return `L ${point.x} ${point.y}`;
    const into = towards(point, before);
    const out = towards(point, after);
    return `L ${into.x} ${into.y} Q ${point.x} ${point.y} ${out.x} ${out.y}`;
  });
  return parts.join(' ');
}

/** The point on the way from a corner to its neighbour where the curve begins. */
function towards(point: Position, neighbour: Position): Position {
  const dx = neighbour.x - point.x;
  const dy = neighbour.y - point.y;
  const length = Math.abs(dx) + Math.abs(dy);
  const reach = Math.min(corner, length / 2);
  return { x: point.x + Math.sign(dx) * reach, y: point.y + Math.sign(dy) * reach };
}
