import type { WorkflowState } from '@perennial/contracts';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { Settle } from '../segments/index.ts';
import { wakeForEverything } from '../slots/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { checkDefinition, requireValid } from './check-definition.ts';
import { findVersion, setState } from './queries.ts';
import { beginStartingMembers, startOfMembers } from './start-members.ts';
import { readWorkflow, type WorkflowWithTags } from './save-workflow.ts';
import { tellOfWorkflows } from './tell-of-workflows.ts';

/** What a workflow can be made, with the action's name and the states it may be made from. */
const TURNS = {
  active: { action: 'workflow.activate', from: ['draft', 'paused', 'archived'] },
  paused: { action: 'workflow.pause', from: ['active'] },
  archived: { action: 'workflow.archive', from: ['draft', 'active', 'paused'] },
} as const satisfies Partial<Record<WorkflowState, { action: string; from: WorkflowState[] }>>;

/** To activate takes to know what time did to the segment whose members start. */
export type Turn = { state: 'active'; settle: Settle } | { state: 'paused' | 'archived' };

/**
 * Activates, pauses or archives. To activate takes a published version that still finds what it
 * refers to. Asking for the state that the workflow has changes nothing.
 */
export async function setWorkflowState(
  tx: Tx,
  { workspaceId, id, by, ...turn }: { workspaceId: number; id: number; by: Origin } & Turn,
): Promise<WorkflowWithTags> {
  const { state } = turn;
  const before = await readWorkflow(tx, { workspaceId, id, lock: true });
  if (before.state === state) return before;
  const { action, from } = TURNS[state];
  if (!(from as readonly string[]).includes(before.state)) {
    throw new Problem('conflict', {
      detail: `A workflow that is ${before.state} cannot be ${state}.`,
    });
  }
  const definition = state === 'active' ? await requireUsable(tx, before) : null;
  await setState(tx, { id, state, now: by.at });
  // What was paused goes on: nothing is made up for.
  const start = before.state === 'paused' ? undefined : startOfMembers(definition);
  if (start && turn.state === 'active') {
    const { settle } = turn;
    await beginStartingMembers(tx, { workspaceId, workflow: before, start, by, settle });
  }
  await raiseConfigVersion(tx, { workspaceId });
  await wakeForEverything(tx);
  await tellOfWorkflows(tx);
  await writeAudit(tx, {
    by,
    action,
    object: { kind: 'workflow', id },
    before: { state: before.state },
    after: { state },
  });
  return readWorkflow(tx, { workspaceId, id });
}

/** The published definition. */
async function requireUsable(
  tx: Tx,
  { id: workflowId, workspace_id: workspaceId, published_version: version }: WorkflowWithTags,
): Promise<JsonObject> {
  if (version === null) {
    throw new Problem('conflict', { detail: 'Publish the workflow before you activate it.' });
  }
  const published = await findVersion(tx, { workflowId, version });
  const { definition } = published!;
  requireValid(await checkDefinition(tx, { workspaceId, definition }));
  return definition;
}
