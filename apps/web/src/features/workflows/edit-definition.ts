import type { ExitNames, Settings } from './blocks-forms/form-props.ts';
import type { Definition } from './use-definition-edits.ts';

type Block = Record<string, unknown>;

/** Members of a block that are no settings. */
const FRAME = ['type', 'exits', 'note', 'position'];

/** The definition with other settings of one block; its exits keep what they lead to under their new names. */
export function withSettings(
  definition: Definition,
  id: string,
  settings: Settings,
  exits: ExitNames = {},
): Definition {
  return withBlock(definition, id, (block) => ({
    ...settings,
    ...Object.fromEntries(Object.entries(block).filter(([name]) => FRAME.includes(name))),
    ...(block['exits'] !== undefined && { exits: renamed(block['exits'], exits) }),
  }));
}

/** The definition with another note of one block, or none. */
export function withNote(definition: Definition, id: string, note: string | undefined): Definition {
  return withBlock(definition, id, ({ note: _note, ...block }) =>
    note === undefined ? block : { ...block, note },
  );
}

function withBlock(
  definition: Definition,
  id: string,
  change: (block: Block) => Block,
): Definition {
  const blocks = definition['blocks'] as Record<string, Block> | undefined;
  const block = blocks?.[id];
  if (!block) return definition;
  return { ...definition, blocks: { ...blocks, [id]: change(block) } } as Definition;
}

function renamed(exits: unknown, names: ExitNames): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(exits as object).flatMap(([name, target]) => {
      const now = Object.hasOwn(names, name) ? names[name] : name;
      return now === null || now === undefined ? [] : [[now, target as unknown]];
    }),
  );
}
