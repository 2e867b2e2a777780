import { findBlock, noteColours, type NoteColour } from '@perennial/blocks';
import { noteElement, NOTE_SIZE, type Size } from './note-element.ts';
import { blockOrder } from './ordered.ts';

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

/** A note of the canvas, under the ID of its element. */
export interface GraphNote {
  id: string;
  text: string;
  position: Position;
  size: Size;
  colour: NoteColour;
}

export interface Graph {
  /** The start's definition as it stands. */
  start: Record<string, unknown>;
  stops: readonly Record<string, unknown>[];
  blocks: readonly GraphBlock[];
  edges: readonly GraphEdge[];
  notes: readonly GraphNote[];
}

/** The start is drawn as a block with this ID, which no block can have. */
export const START = '#start';

/** Reads a definition leniently: what cannot be drawn is left out, the rest is drawn. */
export function graphOf(definition: unknown): Graph {
  const json = objectOf(definition);
  const { start, stop, first } = json;
  const blocks = objectOf(json['blocks']);
  // In the order in which a run meets them, which is also that of the Tab key.
  const ids = blockOrder(json);
  const ways = ids.flatMap((id) => edgesOf(id, objectOf(objectOf(blocks[id]).exits)));
  if (typeof first === 'string') ways.unshift(edge(START, 'next', first));
  return {
    start: objectOf(start),
    stops: Array.isArray(stop) ? stop.map(objectOf) : [],
    blocks: ids.map((id) => blockOf(id, objectOf(blocks[id]))),
    edges: ways.filter((way) => Object.hasOwn(blocks, way.target)),
    notes: Object.entries(objectOf(json['notes'])).map(([id, note]) =>
      readNote(id, objectOf(note)),
    ),
  };
}

function readNote(id: string, json: Record<string, unknown>): GraphNote {
  const { text, position, size, colour } = json;
  const { width, height } = objectOf(size);
  return {
    id: noteElement(id),
    text: typeof text === 'string' ? text : '',
    position: positionOf(position) ?? { x: 0, y: 0 },
    size: typeof width === 'number' && typeof height === 'number' ? { width, height } : NOTE_SIZE,
    colour: noteColours.find((each) => each === colour) ?? noteColours[0],
  };
}

/** Edits leave most blocks as they are, and those are not read again. */
const known = new WeakMap<object, GraphBlock>();

function blockOf(id: string, json: Record<string, unknown>): GraphBlock {
  const before = known.get(json);
  if (before?.id === id) return before;
  const { type, exits: _exits, position, note, ...settings } = json;
  const block = {
    id,
    type: typeof type === 'string' ? type : '',
    settings,
    exits: exitNames(json),
    position: positionOf(position),
    note: typeof note === 'string' && note !== '' ? note : null,
  };
  known.set(json, block);
  return block;
}

/** A block's exits in the order of its kind, then any that are drawn beyond them. */
export function exitNames(json: Readonly<Record<string, unknown>>): string[] {
  const { type, exits, position: _position, note: _note, ...settings } = json;
  return [...new Set([...ownExits(type, settings), ...Object.keys(objectOf(exits))])];
}

/** Of settings that are not complete, the exits they would have anyway, or those of a new block. */
function ownExits(type: unknown, settings: Record<string, unknown>): readonly string[] {
  const kind = findBlock(type);
  const parsed = kind?.settings.safeParse(settings);
  if (!kind || parsed?.success) return kind?.exits(parsed?.data ?? {}) ?? [];
  try {
    return kind.exits(settings);
  } catch {
    return kind.exits(kind.defaults());
  }
}

function edgesOf(source: string, exits: Record<string, unknown>): GraphEdge[] {
  return Object.entries(exits)
    .filter((exit): exit is [string, string] => typeof exit[1] === 'string')
    .map(([exit, target]) => edge(source, exit, target));
}

function edge(source: string, exit: string, target: string): GraphEdge {
  return { id: `${source}/${exit}`, source, exit, target };
}

export function positionOf(value: unknown): Position | null {
  const { x, y } = objectOf(value);
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : null;
}

export function objectOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
