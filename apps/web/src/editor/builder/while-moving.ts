import type { DrawnNode, ExitEdgeType } from '../canvas/drawing.ts';
import type { Position } from '../graph.ts';

/** The blocks with some of them dragged elsewhere. In every frame of dragging only those are new. */
export function movedNodes(
  nodes: readonly DrawnNode[],
  moved: ReadonlyMap<string, Position> | null,
): DrawnNode[] {
  return nodes.map((node) => {
    const position = moved?.get(node.id);
    return position ? { ...node, position } : node;
  });
}

/** Edges of dragged blocks take the straight way: the one around others was laid for another place. */
export function looseEdges(
  edges: readonly ExitEdgeType[],
  moving: ReadonlySet<string>,
): ExitEdgeType[] {
  return edges.map((edge) => {
    const isLoose = moving.has(edge.source) || moving.has(edge.target);
    return isLoose && edge.data?.passes ? { ...edge, data: { ...edge.data, passes: null } } : edge;
  });
}
