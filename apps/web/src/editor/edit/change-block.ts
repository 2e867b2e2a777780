import {
  blocksOf,
  drawnExits,
  waysInto,
  withBlocks,
  withMember,
  withTarget,
  type Draft,
  type DraftBlock,
} from './draft.ts';
import { isBlockId } from './block-ids.ts';
import { renameReferences } from './rename-references.ts';

/** Members of a block that are no settings of its kind. */
const FRAME = ['type', 'exits', 'position', 'note'];

/** What exits are called after a change; null for one that is gone with what it led to. */
export type ExitNames = Readonly<Record<string, string | null>>;

/** Gives a block other settings; its place and note stay, and its exits lead where they led by their new names. */
export function setSettings(
  draft: Draft,
  id: string,
  settings: Readonly<Record<string, unknown>>,
  names: ExitNames = {},
): Draft {
  return changeBlock(draft, id, (block) => ({
    ...settings,
    ...Object.fromEntries(Object.entries(block).filter(([name]) => FRAME.includes(name))),
    ...(block['exits'] !== undefined && { exits: renamed(drawnExits(block), names) }),
  }));
}

function renamed(
  exits: Readonly<Record<string, string>>,
  names: ExitNames,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(exits).flatMap(([name, target]) => {
      const now = Object.hasOwn(names, name) ? names[name] : name;
      return now === null || now === undefined ? [] : [[now, target]];
    }),
  );
}

/** Writes a note on a block; an empty one takes it away. */
export function setNote(draft: Draft, id: string, note: string | undefined): Draft {
  return changeBlock(draft, id, (block) => withMember(block, 'note', note || undefined));
}

/** Members of a definition beside its blocks. */
export type DraftPart = 'start' | 'stop' | 'limits';

export function setPart(draft: Draft, part: DraftPart, value: unknown): Draft {
  return withMember(draft, part, value);
}

export function canRename(draft: Draft, id: string, name: string): boolean {
  const blocks = blocksOf(draft);
  return isBlockId(name) && Object.hasOwn(blocks, id) && !Object.hasOwn(blocks, name);
}

/** Gives a block another ID, by which all that lead to it and mention its results call it then. */
export function renameBlock(draft: Draft, id: string, name: string): Draft {
  if (!canRename(draft, id, name)) return draft;
  const ids = new Map([[id, name]]);
  const ways = waysInto(draft, id);
  const blocks = Object.entries(blocksOf(draft)).map(([each, block]): [string, DraftBlock] => [
    each === id ? name : each,
    renameInBlock(block, ids),
  ]);
  return ways.reduce(
    (renamed, way) =>
      withTarget(renamed, { ...way, source: way.source === id ? name : way.source }, name),
    withBlocks(draft, Object.fromEntries(blocks)),
  );
}

function renameInBlock(block: DraftBlock, ids: ReadonlyMap<string, string>): DraftBlock {
  const { exits, note, ...rest } = block;
  return {
    ...(renameReferences(rest, ids) as DraftBlock),
    ...(exits !== undefined && { exits }),
    ...(note !== undefined && { note }),
  };
}

function changeBlock(draft: Draft, id: string, change: (block: DraftBlock) => DraftBlock): Draft {
  const blocks = blocksOf(draft);
  const block = blocks[id];
  return block ? withBlocks(draft, { ...blocks, [id]: change(block) }) : draft;
}
