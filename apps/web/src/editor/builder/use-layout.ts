import { useMemo, useState } from 'react';
import type { Graph } from '../graph.ts';
import { layOut, type Layout } from '../layout.ts';

/** Where blocks stand; computed anew only when the graph's shape changes, not at every key press in a form. */
export function useLayout(graph: Graph): Layout {
  const [layOutAnew] = useState(remembering);
  return useMemo(() => layOutAnew(graph), [layOutAnew, graph]);
}

function remembering(): (graph: Graph) => Layout {
  let last: { shape: string; layout: Layout } | undefined;
  return (graph) => {
    const shape = shapeOf(graph);
    if (last?.shape !== shape) last = { shape, layout: layOut(graph) };
    return last.layout;
  };
}

/** All that the layout looks at. */
function shapeOf({ blocks, edges }: Graph): string {
  return JSON.stringify([
    blocks.map(({ id, exits, position, note }) => [id, exits, position, note !== null]),
    edges.map(({ id, target }) => [id, target]),
  ]);
}
