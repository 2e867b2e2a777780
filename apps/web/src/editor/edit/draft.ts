import { exitNames, objectOf, START } from '../graph.ts';

/** A definition while it is being edited: JSON, of which any part may be missing or wrong. */
export type Draft = Readonly<Record<string, unknown>>;

/** A block as the definition holds it: its kind, its settings, exits, position and note. */
export type DraftBlock = Readonly<Record<string, unknown>>;

export type DraftBlocks = Readonly<Record<string, DraftBlock>>;

/** A way out: an exit of a block, or the start's only one, which is called `next`. */
export interface Way {
  source: string;
  exit: string;
}

export const START_WAY: Way = { source: START, exit: 'next' };

export function blocksOf(draft: Draft): DraftBlocks {
  return objectOf(draft['blocks']) as DraftBlocks;
}

export function withBlocks(draft: Draft, blocks: DraftBlocks): Draft {
  return { ...draft, blocks };
}

/** The exits that are drawn, with the blocks to which they lead. */
export function drawnExits(block: DraftBlock): Readonly<Record<string, string>> {
  const drawn = Object.entries(objectOf(block['exits'])).filter(
    (exit): exit is [string, string] => typeof exit[1] === 'string',
  );
  return Object.fromEntries(drawn);
}

/** All exits of a block, drawn or not, in the order of its kind. */
export function allExits(block: DraftBlock): readonly string[] {
  return exitNames(block);
}

/** The exit by which what stood behind an exit goes on when the block is put in between. */
export function throughExit(block: DraftBlock): string | undefined {
  const exits = allExits(block);
  return exits.includes('next') ? 'next' : exits[0];
}

/** The block to which a way leads. */
export function targetOf(draft: Draft, { source, exit }: Way): string | undefined {
  const blocks = blocksOf(draft);
  const target = source === START ? draft['first'] : drawnExits(blocks[source] ?? {})[exit];
  return typeof target === 'string' && Object.hasOwn(blocks, target) ? target : undefined;
}

/** The draft with a way that leads to another block, or to none. */
export function withTarget(draft: Draft, { source, exit }: Way, target: string | undefined): Draft {
  if (source === START) return withMember(draft, 'first', target);
  const blocks = blocksOf(draft);
  const block = blocks[source];
  if (!block) return draft;
  const exits = withMember(objectOf(block['exits']), exit, target);
  return withBlocks(draft, { ...blocks, [source]: { ...block, exits } });
}

/** All ways that lead to a block, the start's first. */
export function waysInto(draft: Draft, id: string): Way[] {
  const fromBlocks = Object.entries(blocksOf(draft)).flatMap(([source, block]) =>
    Object.entries(drawnExits(block)).flatMap(([exit, target]) =>
      target === id ? [{ source, exit }] : [],
    ),
  );
  return draft['first'] === id ? [START_WAY, ...fromBlocks] : fromBlocks;
}

/** An object with a member set, or left out when there is no value. */
export function withMember<Value extends Readonly<Record<string, unknown>>>(
  object: Value,
  name: string,
  value: unknown,
): Value {
  const { [name]: _, ...rest } = object;
  return (value === undefined ? rest : { ...object, [name]: value }) as Value;
}
