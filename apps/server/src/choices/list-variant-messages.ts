import { parseWorkflow } from '@perennial/blocks';
import type { Db } from '../db/index.ts';
import { findTagged } from './queries.ts';
import { findLatestDefinition, listChosenMessages } from './variant-queries.ts';

/** Messages that a workflow's blocks chose, or would. */
export async function listVariantMessages(
  db: Db,
  { workspaceId, workflowId }: { workspaceId: number; workflowId: number },
): Promise<number[]> {
  const chosen = await listChosenMessages(db, { workflowId });
  const parsed = parseWorkflow(await findLatestDefinition(db, { workflowId }));
  if (!parsed.ok) return chosen;
  const ids = new Set(chosen);
  for (const { type, settings } of Object.values(parsed.definition.blocks)) {
    if (type !== 'one_from_many') continue;
    const { channel } = settings;
    const [include, exclude] = [settings.include.map(Number), settings.exclude.map(Number)];
    const tagged = await findTagged(db, { workspaceId, channel, include, exclude });
    for (const id of tagged) ids.add(id);
  }
  return [...ids];
}
