import type { BlockConversion, WorkflowConversion, WorkflowStats } from '@perennial/contracts';
import type { Edge, Node } from '@xyflow/react';
import { findBlock, type NoteColour } from '@perennial/blocks';
import { START, type Graph, type GraphBlock, type GraphNote, type Position } from '../graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH, type Layout } from '../layout.ts';
import type { RunPath } from '../run-path.ts';
import type { Change } from '../edit/compare-drafts.ts';
import type { BlockWords } from '../use-block-words.ts';
import { drawnExitsOf, exitPlaces, type ExitPlace } from './exit-places.ts';

/** How an element stands to the path that is shown: on it, beside it, or no path is shown. */
export type Standing = 'plain' | 'on' | 'off';

export interface BlockData extends Record<string, unknown> {
  type: string;
  icon: string | undefined;
  label: string;
  sentence: string;
  note: string | null;
  problem: BlockProblem | null;
  entered: number | null;
  waiting: number;
  /** Of those who passed it, who reached the goal that is asked about. */
  conversion: BlockConversion | null;
  standing: Standing;
  /** The run stands here. */
  here: boolean;
  /** Instants at which the run left, oldest first. */
  visits: readonly string[];
  /** Why it failed on the path that is shown. */
  failure: string | null;
  exits: readonly ExitPlace[];
  /** What became of it from one version to another. */
  change: Change | null;
  /** Its note is being written. */
  writing: boolean;
}

/** What is wrong with a block, or worth knowing. */
export interface BlockProblem {
  message: string;
  severe: boolean;
}

export interface StartData extends Record<string, unknown> {
  sentence: string;
  problem: BlockProblem | null;
  change: Change | null;
  /** Nothing follows yet. */
  open: boolean;
  stops: readonly string[];
  started: number | null;
  standing: Standing;
}

export interface NoteData extends Record<string, unknown> {
  text: string;
  colour: NoteColour;
  change: Change | null;
  /** Its text is being written. */
  writing: boolean;
}

export interface EdgeData extends Record<string, unknown> {
  exit: string;
  /** Where it passes rows of blocks; null where blocks stand as somebody put them. */
  passes: readonly Position[] | null;
  /** The only exit of a block needs no name. */
  named: boolean;
  count: number | null;
  standing: Standing;
  change: Change | null;
  /** A block that is dragged would be put here. */
  lit: boolean;
}

export type BlockNodeType = Node<BlockData, 'block'>;
export type StartNodeType = Node<StartData, 'start'>;
export type NoteNodeType = Node<NoteData, 'note'>;
export type ExitEdgeType = Edge<EdgeData, 'exit'>;
export type DrawnNode = BlockNodeType | StartNodeType | NoteNodeType;

interface Drawn {
  graph: Graph;
  layout: Layout;
  words: BlockWords;
  stats?: WorkflowStats | undefined;
  conversion?: WorkflowConversion | undefined;
  path?: RunPath | null | undefined;
  problems?: ReadonlyMap<string, BlockProblem> | undefined;
  selected?: ReadonlySet<string> | undefined;
  /** What became of blocks and edges from one version to another. */
  changes?: ReadonlyMap<string, Change> | undefined;
  /** The graph is edited here. */
  editing?: boolean | undefined;
  /** The block whose note is being written, or the note of the canvas. */
  writing?: string | null | undefined;
  /** The edge on which a dragged block would be put. */
  lit?: string | null | undefined;
}

const size = { width: BLOCK_WIDTH, height: BLOCK_HEIGHT };
/** What is selected is above what it may cover; notes lie under everything. */
const ABOVE = 1000;
const UNDER = -1;

/** The nodes of the canvas: notes, the start and every block, in their places. */
export function drawNodes(drawn: Drawn): DrawnNode[] {
  const { places } = drawn.layout;
  const leads = drawnExitsOf(drawn.graph);
  const at = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  const start: StartNodeType = {
    id: START,
    type: 'start',
    position: at(START),
    ...size,
    selected: drawn.selected?.has(START) ?? false,
    draggable: false,
    deletable: false,
    data: startData(drawn),
  };
  const blocks = drawn.graph.blocks.map((block): BlockNodeType => ({
    id: block.id,
    type: 'block',
    position: at(block.id),
    ...size,
    selected: drawn.selected?.has(block.id) ?? false,
    zIndex: drawn.selected?.has(block.id) ? ABOVE : 0,
    data: blockData(block, leads.get(block.id) ?? NONE, drawn),
  }));
  return [...drawn.graph.notes.map((note) => drawNote(note, drawn)), start, ...blocks];
}

function drawNote({ id, text, colour, position, size }: GraphNote, drawn: Drawn): NoteNodeType {
  return {
    id,
    type: 'note',
    position,
    ...size,
    selected: drawn.selected?.has(id) ?? false,
    zIndex: UNDER,
    data: {
      text,
      colour,
      change: drawn.changes?.get(id) ?? null,
      writing: drawn.writing === id,
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

function startData({ graph, words, stats, path, problems, changes }: Drawn): StartData {
  return {
    sentence: words.startOf(graph.start),
    problem: problems?.get(START) ?? null,
    change: changes?.get(START) ?? null,
    open: !graph.edges.some(({ source }) => source === START),
    stops: graph.stops.map(words.stopOf),
    started: stats?.started ?? null,
    standing: path ? 'on' : 'plain',
  };
}

function blockData(block: GraphBlock, leads: ReadonlySet<string>, drawn: Drawn): BlockData {
  const { words, stats, path, problems, changes } = drawn;
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
    conversion: drawn.conversion?.blocks[block.id] ?? null,
    standing: standingOf(path, visits.length > 0 || here),
    here,
    failure: path?.failures.get(block.id) ?? null,
    visits,
    exits: exitPlaces(block, leads, drawn.editing),
    change: changes?.get(block.id) ?? null,
    writing: drawn.writing === block.id,
  };
}

/** The edges of the canvas, named and counted. */
export function drawEdges(drawn: Omit<Drawn, 'words'>): ExitEdgeType[] {
  const { graph, layout, stats, path, changes, lit } = drawn;
  const leads = drawnExitsOf(graph);
  return graph.edges.map((edge) => {
    const counts = stats?.blocks[edge.source]?.exits;
    const named = edge.exit !== 'next' || (leads.get(edge.source)?.size ?? 0) > 1;
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
        change: changes?.get(edge.id) ?? null,
        lit: lit === edge.id,
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
