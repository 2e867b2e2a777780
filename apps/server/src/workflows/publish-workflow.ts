import { isDeepStrictEqual } from 'node:util';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import type { RenderPool } from '../messages/index.ts';
import type { Settle } from '../segments/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { checkDefinition, requireValid } from './check-definition.ts';
import { findVersion, insertVersion, setPublishedVersion } from './queries.ts';
import { beginStartingMembers, startOfMembers } from './start-members.ts';
import { readWorkflow, type WorkflowWithTags } from './save-workflow.ts';
import { tellOfWorkflows } from './tell-of-workflows.ts';

/**
 * Makes the draft a version that never changes. New runs follow it at once if the workflow is
 * active, and so do members of its segment, if it starts them and the version before did not;
 * running ones finish on theirs. Publishing what is published already changes nothing.
 */
export async function publishWorkflow(
  tx: Tx,
  {
    workspaceId,
    id,
    by,
    settle,
    compile,
  }: {
    workspaceId: number;
    id: number;
    by: Origin;
    settle: Settle;
    compile?: RenderPool['compile'] | undefined;
  },
): Promise<WorkflowWithTags> {
  const before = await readWorkflow(tx, { workspaceId, id, lock: true });
  if (before.state === 'archived') {
    throw new Problem('conflict', { detail: 'The workflow is archived; activate it first.' });
  }
  requireValid(await checkDefinition(tx, { workspaceId, definition: before.draft, compile }));
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
  const replaced = await publishedDefinition(tx, before);
  await setPublishedVersion(tx, { id, version, now });
  const start = startOfMembers(before.draft);
  if (start && before.state === 'active' && !isDeepStrictEqual(startOfMembers(replaced), start)) {
    await beginStartingMembers(tx, { workspaceId, workflow: before, start, by, settle });
  }
  // After the slots, as computations of segments take them.
  await raiseConfigVersion(tx, { workspaceId });
  await tellOfWorkflows(tx);
  await writeAudit(tx, {
    by,
    action: 'workflow.publish',
    object: { kind: 'workflow', id },
    before: { published_version: before.published_version },
    after: { published_version: version },
  });
  return readWorkflow(tx, { workspaceId, id });
}

async function isPublished(tx: Tx, workflow: WorkflowWithTags): Promise<boolean> {
  return isDeepStrictEqual(await publishedDefinition(tx, workflow), workflow.draft);
}

async function publishedDefinition(
  tx: Tx,
  { id: workflowId, published_version: version }: WorkflowWithTags,
): Promise<JsonObject | null> {
  if (version === null) return null;
  return (await findVersion(tx, { workflowId, version }))!.definition;
}
