import type { Graph, GraphBlock } from '../../../../editor/graph.ts';

/** The blocks from which a way leads to a block: what a run may have passed before. */
export function blocksBefore({ blocks, edges }: Graph, block: string): GraphBlock[] {
  const sources = Map.groupBy(edges, ({ target }) => target);
  const found = new Set<string>();
  const open = [block];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { source } of sources.get(id) ?? []) {
      if (found.has(source)) continue;
      found.add(source);
      open.push(source);
    }
  }
  return blocks.filter(({ id }) => found.has(id));
}
