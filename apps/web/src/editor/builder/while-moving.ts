import type { DrawnNode, ExitEdgeType } from '../canvas/drawing.ts';
import type { Position } from '../graph.ts';
import type { Box } from './use-node-changes.ts';

/** What is drawn with some of it dragged elsewhere or resized. In every frame only that is new. */
export function movedNodes(
  nodes: readonly DrawnNode[],
  moved: ReadonlyMap<string, Position> | null,
  resized: { id: string; box: Box } | null = null,
): DrawnNode[] {
  return nodes.map((node) => {
    if (node.id === resized?.id) {
      return { ...node, position: resized.box.position, ...resized.box.size };
    }
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
