import { useMemo, useRef } from 'react';
import type { Graph } from '../graph.ts';
import { layOut, type Layout } from '../layout.ts';

/** Where blocks stand; computed anew only when the graph's shape changes, not at every key press in a form. */
export function useLayout(graph: Graph): Layout {
  const shape = useMemo(() => shapeOf(graph), [graph]);
  const last = useRef<{ shape: string; layout: Layout }>(undefined);
  if (last.current?.shape !== shape) last.current = { shape, layout: layOut(graph) };
  return last.current.layout;
}

/** All that the layout looks at. */
function shapeOf({ blocks, edges }: Graph): string {
  return JSON.stringify([
    blocks.map(({ id, exits, position, note }) => [id, exits, position, note !== null]),
    edges.map(({ id, target }) => [id, target]),
  ]);
}
