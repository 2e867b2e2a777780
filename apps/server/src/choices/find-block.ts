import { blocks as kinds, type OneFromManySettings } from '@perennial/blocks';
import type { Db } from '../db/index.ts';
import { notFound } from '../http/index.ts';
import { readWorkflow, showWorkflow } from '../workflows/index.ts';

/** A block that chooses, as new runs find it; of a workflow that was never published, as it is drawn. */
export async function findChoosingBlock(
  db: Db,
  { workspaceId, id, block }: { workspaceId: number; id: number; block: string },
): Promise<OneFromManySettings> {
  const shown = await showWorkflow(db, await readWorkflow(db, { workspaceId, id }));
  for (const { definition } of [shown.published ?? shown, shown]) {
    const settings = settingsIn(definition, block);
    if (settings) return settings;
  }
  throw notFound('block that chooses a message');
}

/** Of a definition that may be a draft, right in this block or not. */
function settingsIn(definition: unknown, block: string): OneFromManySettings | undefined {
  const { blocks } = definition as { blocks?: Record<string, Record<string, unknown>> };
  if (!blocks || !Object.hasOwn(blocks, block)) return undefined;
  const { type, exits: _exits, position: _position, note: _note, ...settings } = blocks[block]!;
  if (type !== kinds.one_from_many.type) return undefined;
  return kinds.one_from_many.settings.safeParse(settings).data;
}
