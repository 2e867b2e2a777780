import { findBlock } from '@perennial/blocks';
import { ordered } from './ordered.ts';

export interface Position {
  x: number;
  y: number;
}

/** A block as the canvas draws it; its settings may be wrong while a draft is being written. */
export interface GraphBlock {
  id: string;
  type: string;
  settings: Record<string, unknown>;
  /** In the order in which they are drawn; those that lead nowhere are here too. */
  exits: readonly string[];
  position: Position | null;
  note: string | null;
}

/** A way from an exit of a block (or of the start) to a block. */
export interface GraphEdge {
  id: string;
  source: string;
  exit: string;
  target: string;
}

export interface Graph {
  /** The start's definition as it stands. */
  start: Record<string, unknown>;
  stops: readonly Record<string, unknown>[];
  blocks: readonly GraphBlock[];
  edges: readonly GraphEdge[];
}

/** The start is drawn as a block with this ID, which no block can have. */
export const START = '#start';

/** Reads a definition leniently: what cannot be drawn is left out, the rest is drawn. */
export function graphOf(definition: unknown): Graph {
  // In the order in which a run meets them, which is also that of the Tab key.
  const { start, stop, first, blocks } = ordered(objectOf(definition));
  const drawn = Object.entries(objectOf(blocks)).map(([id, block]) => blockOf(id, objectOf(block)));
  const known = new Set(drawn.map((block) => block.id));
  const ways = Object.entries(objectOf(blocks)).flatMap(([id, block]) =>
    edgesOf(id, objectOf(objectOf(block).exits)),
  );
  if (typeof first === 'string') ways.unshift(edge(START, 'next', first));
  return {
    start: objectOf(start),
    stops: Array.isArray(stop) ? stop.map(objectOf) : [],
    blocks: drawn,
    edges: ways.filter((way) => known.has(way.target)),
  };
}

function blockOf(id: string, json: Record<string, unknown>): GraphBlock {
  const { type, exits, position, note, ...settings } = json;
  return {
    id,
    type: typeof type === 'string' ? type : '',
    settings,
    exits: exitNames(type, settings, Object.keys(objectOf(exits))),
    position: positionOf(position),
    note: typeof note === 'string' && note !== '' ? note : null,
  };
}

/** The kind's exits in its order, then any that are drawn beyond them. */
function exitNames(type: unknown, settings: object, drawn: readonly string[]): string[] {
  const kind = findBlock(type);
  const parsed = kind?.settings.safeParse(settings);
  const own = kind && parsed?.success ? kind.exits(parsed.data) : [];
  return [...new Set([...own, ...drawn])];
}

function edgesOf(source: string, exits: Record<string, unknown>): GraphEdge[] {
  return Object.entries(exits)
    .filter((exit): exit is [string, string] => typeof exit[1] === 'string')
    .map(([exit, target]) => edge(source, exit, target));
}

function edge(source: string, exit: string, target: string): GraphEdge {
  return { id: `${source}/${exit}`, source, exit, target };
}

function positionOf(value: unknown): Position | null {
  const { x, y } = objectOf(value);
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : null;
}

function objectOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
