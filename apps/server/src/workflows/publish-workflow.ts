import { isDeepStrictEqual } from 'node:util';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { checkDefinition, requireValid } from './check-definition.ts';
import { findVersion, insertVersion, setPublishedVersion } from './queries.ts';
import { readWorkflow, type WorkflowWithTags } from './save-workflow.ts';

/**
 * Makes the draft a version that never changes. New runs follow it at once if the workflow is
 * active; running ones finish on theirs. Publishing what is published already changes nothing.
 */
export async function publishWorkflow(
  tx: Tx,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<WorkflowWithTags> {
  const before = await readWorkflow(tx, { workspaceId, id, lock: true });
  if (before.state === 'archived') {
    throw new Problem('conflict', { detail: 'The workflow is archived; activate it first.' });
  }
  requireValid(await checkDefinition(tx, { workspaceId, definition: before.draft }));
  if (await isPublished(tx, before)) return before;
  const version = (before.published_version ?? 0) + 1;
  const now = by.at;
  await insertVersion(tx, {
    workflowId: id,
    version,
    definition: before.draft,
    by: by.actor.name,
    now,
  });
  await setPublishedVersion(tx, { id, version, now });
  await raiseConfigVersion(tx, { workspaceId });
  await writeAudit(tx, {
    by,
    action: 'workflow.publish',
    object: { kind: 'workflow', id },
    before: { published_version: before.published_version },
    after: { published_version: version },
  });
  return readWorkflow(tx, { workspaceId, id });
}

async function isPublished(
  tx: Tx,
  { id: workflowId, draft, published_version: version }: WorkflowWithTags,
): Promise<boolean> {
  if (version === null) return false;
  const published = await findVersion(tx, { workflowId, version });
  return isDeepStrictEqual(published!.definition, draft);
}
