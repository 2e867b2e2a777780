import { sendTermsSchema, type SendTermsView } from '@perennial/contracts';

export type BlockSettings = Record<string, unknown>;

const NAMES = ['priority', 'send_hours', 'ttl', 'addresses'] as const;

/** What a message block says of how its message leaves; what is not well formed is left to the code. */
export function termsOf(settings: BlockSettings): SendTermsView {
  const said = Object.fromEntries(
    NAMES.flatMap((name) => {
      const parsed = sendTermsSchema.shape[name].safeParse(settings[name]);
      return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
    }),
  );
  return said;
}

/** The definition with other settings of one block; its exits, note and place stay. */
export function withSettings<Definition extends object>(
  definition: Definition,
  id: string,
  settings: BlockSettings,
): Definition {
  const { blocks = {} } = definition as { blocks?: Record<string, Record<string, unknown>> };
  const block = blocks[id];
  if (!block) return definition;
  const kept = Object.entries(block).filter(([name]) => KEPT.includes(name));
  return {
    ...definition,
    blocks: { ...blocks, [id]: { ...settings, ...Object.fromEntries(kept) } },
  };
}

/** Members of a block that are no settings. */
const KEPT = ['type', 'exits', 'note', 'position'];
