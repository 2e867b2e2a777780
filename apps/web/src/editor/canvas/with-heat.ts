import type { Edge } from '@xyflow/react';

/** Of the lines: nobody's way and the busiest one's, in pixels. */
const THINNEST = 1.5;
const THICKEST = 12;

/** Edges as thick as busy; by area, so that a tenth of the runs can still be seen. */
export function withHeat<Drawn extends Edge>(
  edges: Drawn[],
  heat: ReadonlyMap<string, number> | undefined,
): Drawn[] {
  if (!heat) return edges;
  return edges.map((edge) => {
    const share = Math.sqrt(heat.get(edge.id) ?? 0);
    const strokeWidth = THINNEST + share * (THICKEST - THINNEST);
    return { ...edge, style: { ...edge.style, strokeWidth } };
  });
}
