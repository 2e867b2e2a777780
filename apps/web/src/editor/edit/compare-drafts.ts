import { graphOf, type Graph, type GraphBlock, type GraphEdge } from '../graph.ts';
import { blocksOf, withMember, type Draft, type DraftBlock } from './draft.ts';
import { notesOf, type DraftNote } from './notes.ts';
import { noteElement } from '../note-element.ts';
import { sameJson } from '../../app/same-json.ts';

/** What became of a block or an edge from one definition to another. */
export type Change = 'added' | 'removed' | 'changed';

/** A value that differs; `undefined` on the side that lacks it. `path` is a JSON pointer. */
export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

export interface Comparison {
  /** All blocks and edges of both, as one graph to draw. */
  graph: Graph;
  /** By block and edge; those that are the same are left out. */
  changes: ReadonlyMap<string, Change>;
  /** What differs in each block that changed. */
  blocks: ReadonlyMap<string, readonly Difference[]>;
  /** The blocks of the earlier definition by ID, to say what they did. */
  earlier: ReadonlyMap<string, GraphBlock>;
  /** The start on both sides. */
  starts: { before: Record<string, unknown>; after: Record<string, unknown> };
  /** What differs beside the blocks: start, stops, limits, notes. */
  parts: readonly Difference[];
}

/** Compares two definitions. Where blocks stand says nothing about what they do. */
export function compareDrafts(before: Draft, after: Draft): Comparison {
  const [was, is] = [blocksOf(before), blocksOf(after)];
  const [old, now] = [graphOf(before), graphOf(after)];
  const removed = old.blocks.filter(({ id }) => !Object.hasOwn(is, id));
  const cut = cutEdges(old.edges, now.edges);
  const noteChanges = changesOfNotes(notesOf(before), notesOf(after));
  const differences = new Map(
    Object.entries(is).flatMap(([id, block]) => {
      const found = was[id] ? differencesOf(settled(was[id]), settled(block)) : [];
      return found.length > 0 ? [[id, found] as const] : [];
    }),
  );
  return {
    graph: {
      ...now,
      blocks: withExits([...now.blocks, ...removed], [...now.edges, ...cut]),
      edges: [...now.edges, ...cut],
      notes: [...now.notes, ...old.notes.filter(({ id }) => noteChanges.get(id) === 'removed')],
    },
    changes: new Map<string, Change>([
      ...noteChanges,
      ...now.blocks.flatMap(({ id }): [string, Change][] => {
        if (!Object.hasOwn(was, id)) return [[id, 'added']];
        return differences.has(id) ? [[id, 'changed']] : [];
      }),
      ...removed.map(({ id }): [string, Change] => [id, 'removed']),
      ...addedEdges(old.edges, now.edges).map(({ id }): [string, Change] => [id, 'added']),
      ...cut.map(({ id }): [string, Change] => [id, 'removed']),
    ]),
    blocks: differences,
    earlier: new Map(old.blocks.map((block) => [block.id, block])),
    starts: { before: old.start, after: now.start },
    parts: [
      ...['start', 'stop', 'limits'].flatMap((part) =>
        differencesOf(before[part], after[part], `/${part}`),
      ),
      ...differencesOf(sayings(notesOf(before)), sayings(notesOf(after)), '/notes'),
    ],
  };
}

/** How many blocks were added, removed and changed. */
export function countChanges({ graph, changes }: Comparison): Record<Change, number> {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { id } of graph.blocks) {
    const change = changes.get(id);
    if (change) counts[change] += 1;
  }
  return counts;
}

/** Values that differ, each at the deepest place at which both have a value of the same shape. */
export function differencesOf(before: unknown, after: unknown, path = ''): Difference[] {
  if (sameJson(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    differencesOf(before[name], after[name], `${path}/${escaped(name)}`),
  );
}

/** What a block does, without where it stands; an exit to nowhere is none. */
function settled(block: DraftBlock): Record<string, unknown> {
  const exits = Object.entries(block['exits'] ?? {}).filter(([, to]) => Boolean(to));
  return { ...withMember(block, 'position', undefined), exits: Object.fromEntries(exits) };
}

function changesOfNotes(
  before: Readonly<Record<string, DraftNote>>,
  after: Readonly<Record<string, DraftNote>>,
): Map<string, Change> {
  const [was, is] = [sayings(before), sayings(after)];
  const ids = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return new Map(
    ids.flatMap((id): [string, Change][] => {
      if (was[id] === undefined) return [[noteElement(id), 'added']];
      if (is[id] === undefined) return [[noteElement(id), 'removed']];
      return was[id] === is[id] ? [] : [[noteElement(id), 'changed']];
    }),
  );
}

/** What notes say, without where they lie and how they look. */
function sayings(notes: Readonly<Record<string, DraftNote>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(notes).map(([id, { text }]) => [id, typeof text === 'string' ? text : '']),
  );
}

function addedEdges(old: readonly GraphEdge[], now: readonly GraphEdge[]): GraphEdge[] {
  const known = new Set(old.map(endsOf));
  return now.filter((edge) => !known.has(endsOf(edge)));
}

/** Edges that are gone; an exit that leads elsewhere now has one of each, by different IDs. */
function cutEdges(old: readonly GraphEdge[], now: readonly GraphEdge[]): GraphEdge[] {
  return addedEdges(now, old).map((edge) => ({ ...edge, id: `${edge.id}#removed` }));
}

function endsOf({ id, target }: GraphEdge): string {
  return `${id}>${target}`;
}

/** An exit that only the other definition has needs its place on the block as well. */
function withExits(blocks: readonly GraphBlock[], edges: readonly GraphEdge[]): GraphBlock[] {
  return blocks.map((block) => {
    const drawn = edges.filter(({ source }) => source === block.id).map(({ exit }) => exit);
    return { ...block, exits: [...new Set([...block.exits, ...drawn])] };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
