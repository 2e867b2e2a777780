import type { WorkflowStats } from '@perennial/contracts';
import { START, type Graph } from '../../../editor/graph.ts';

/** How many went each way. */
function waysOf(graph: Graph, stats: WorkflowStats): ReadonlyMap<string, number> {
  return new Map(
    graph.edges.map(({ id, source, exit }) => [
      id,
      source === START ? stats.started : (stats.blocks[source]?.exits[exit] ?? 0),
    ]),
  );
}

/** Of the busiest way, the share that went each way: 0 to 1. */
export function heatOf(graph: Graph, stats: WorkflowStats): ReadonlyMap<string, number> {
  const ways = waysOf(graph, stats);
  const most = Math.max(0, ...ways.values());
  return new Map([...ways].map(([id, n]) => [id, most === 0 ? 0 : n / most]));
}
