import type { Graph, GraphBlock } from '../graph.ts';

/** An exit on the lower border of its block. */
export interface ExitPlace {
  name: string;
  /** Percent of the block's width. */
  place: number;
  /** It leads somewhere. */
  drawn: boolean;
  /** Seldom used, so that it shows only where somebody looks at the block. */
  quiet: boolean;
}

/** Where an undrawn `failed` stands, out of the way of the others. */
const ASIDE = 88;

/**
 * The exits that are shown. For looking: those that lead somewhere, and those beside them that end
 * the run; a lone open end is clear. For editing: all of them, since any can be drawn.
 */
export function exitPlaces(
  block: GraphBlock,
  leads: ReadonlySet<string>,
  editing = false,
): ExitPlace[] {
  const isQuiet = (name: string) => name === 'failed' && !leads.has(name) && block.exits.length > 1;
  const hasChoice = block.exits.length > 1;
  const shown = block.exits.filter(
    (name) =>
      leads.has(name) ||
      (editing ? !isQuiet(name) : hasChoice && name !== 'failed' && name !== 'next'),
  );
  const spread = shown.map((name, index) => ({
    name,
    drawn: leads.has(name),
    quiet: false,
    place: ((index + 0.5) / shown.length) * 100,
  }));
  const aside = editing ? block.exits.filter(isQuiet) : [];
  return [...spread, ...aside.map((name) => ({ name, drawn: false, quiet: true, place: ASIDE }))];
}

/** By block the exits that lead somewhere. */
export function drawnExitsOf({ edges }: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const drawn = new Map<string, Set<string>>();
  for (const { source, exit } of edges) {
    const exits = drawn.get(source);
    if (exits) exits.add(exit);
    else drawn.set(source, new Set([exit]));
  }
  return drawn;
}
