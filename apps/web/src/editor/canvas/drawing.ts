import type { WorkflowStats } from '@perennial/contracts';
import type { Edge, Node } from '@xyflow/react';
import { findBlock } from '@perennial/blocks';
import { START, type Graph, type GraphBlock, type GraphEdge, type Position } from '../graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH, type Layout } from '../layout.ts';
import type { RunPath } from '../run-path.ts';
import type { BlockWords } from '../use-block-words.ts';

/** How an element stands to the path that is shown: on it, beside it, or no path is shown. */
export type Standing = 'plain' | 'on' | 'off';

export interface BlockData extends Record<string, unknown> {
  type: string;
  icon: string | undefined;
  label: string;
  sentence: string;
  note: string | null;
  problem: string | null;
  entered: number | null;
  waiting: number;
  standing: Standing;
  /** The run stands here. */
  here: boolean;
  /** Instants at which the run left, oldest first. */
  visits: readonly string[];
  /** Exits in their order, with where their handles are (percent of the width). */
  exits: readonly { name: string; place: number; drawn: boolean }[];
}

export interface StartData extends Record<string, unknown> {
  sentence: string;
  stops: readonly string[];
  started: number | null;
  standing: Standing;
}

export interface EdgeData extends Record<string, unknown> {
  exit: string;
  /** Where it passes rows of blocks; null where blocks stand as somebody put them. */
  passes: readonly Position[] | null;
  /** The only exit of a block needs no name. */
  named: boolean;
  count: number | null;
  standing: Standing;
}

export type BlockNodeType = Node<BlockData, 'block'>;
export type StartNodeType = Node<StartData, 'start'>;
export type ExitEdgeType = Edge<EdgeData, 'exit'>;
export type DrawnNode = BlockNodeType | StartNodeType;

interface Drawn {
  graph: Graph;
  layout: Layout;
  words: BlockWords;
  stats?: WorkflowStats | undefined;
  path?: RunPath | null | undefined;
  problems?: ReadonlyMap<string, string> | undefined;
  selected?: string | null | undefined;
}

const size = { width: BLOCK_WIDTH, height: BLOCK_HEIGHT };

/** The nodes of the canvas: the start and every block, in their places. */
export function drawNodes(drawn: Drawn): DrawnNode[] {
  const { places } = drawn.layout;
  const at = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  const start: StartNodeType = {
    id: START,
    type: 'start',
    position: at(START),
    ...size,
    selected: drawn.selected === START,
    data: startData(drawn),
  };
  const blocks = drawn.graph.blocks.map((block): BlockNodeType => ({
    id: block.id,
    type: 'block',
    position: at(block.id),
    ...size,
    selected: drawn.selected === block.id,
    data: blockData(block, drawn),
  }));
  return [start, ...blocks];
}

function startData({ graph, words, stats, path }: Drawn): StartData {
  return {
    sentence: words.startOf(graph.start),
    stops: graph.stops.map(words.stopOf),
    started: stats?.started ?? null,
    standing: path ? 'on' : 'plain',
  };
}

function blockData(block: GraphBlock, drawn: Drawn): BlockData {
  const { words, stats, path, problems, graph } = drawn;
  const visits = path?.visits.get(block.id) ?? [];
  const here = path?.at === block.id;
  return {
    type: block.type,
    icon: findBlock(block.type)?.icon,
    label: words.labelOf(block.type),
    sentence: words.sentenceOf(block),
    note: block.note,
    problem: problems?.get(block.id) ?? null,
    entered: stats ? (stats.blocks[block.id]?.entered ?? 0) : null,
    waiting: stats?.blocks[block.id]?.waiting ?? 0,
    standing: standingOf(path, visits.length > 0 || here),
    here,
    visits,
    exits: shownExits(block, graph.edges),
  };
}

/** Exits that lead somewhere, and those beside them that end the run; a lone open end is clear. */
export function shownExits(block: GraphBlock, edges: readonly GraphEdge[]): BlockData['exits'] {
  const leads = new Set(edges.filter((edge) => edge.source === block.id).map((edge) => edge.exit));
  const shown = block.exits.filter(
    (exit) => leads.has(exit) || (exit !== 'failed' && block.exits.length > 1 && exit !== 'next'),
  );
  return shown.map((name, index) => ({
    name,
    drawn: leads.has(name),
    place: ((index + 1) / (shown.length + 1)) * 100,
  }));
}

/** The edges of the canvas, named and counted. */
export function drawEdges({ graph, layout, stats, path }: Omit<Drawn, 'words'>): ExitEdgeType[] {
  return graph.edges.map((edge) => {
    const ways = graph.edges.filter((other) => other.source === edge.source);
    const counts = stats?.blocks[edge.source]?.exits;
    const named = edge.exit !== 'next' || ways.length > 1;
    return {
      id: edge.id,
      type: 'exit',
      source: edge.source,
      sourceHandle: edge.exit,
      target: edge.target,
      data: {
        exit: edge.exit,
        passes: layout.routes.get(edge.id) ?? null,
        named: named && edge.source !== START,
        count: counts && named ? (counts[edge.exit] ?? 0) : null,
        standing: standingOf(path, path?.edges.has(edge.id) ?? false),
      },
      // What the path took is drawn over what it did not take.
      zIndex: path?.edges.has(edge.id) ? 1 : 0,
    };
  });
}

function standingOf(path: RunPath | null | undefined, on: boolean): Standing {
  if (!path) return 'plain';
  return on ? 'on' : 'off';
}
