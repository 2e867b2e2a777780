import type { RunState, SqlFacts } from '@perennial/conditions';
import type { Asking } from '../contacts/index.ts';

/**
 * Runs of a workflow that are or were so, as conditions ask about them, at the time they began to
 * be; test runs never. Index runs_by_workflow.
 */
export function runFactsSql(
  workflow: string,
  state: RunState,
  { put, workspaceId }: Asking,
): SqlFacts {
  return {
    from: 'runs r',
    where: `r.workspace_id = ${put(workspaceId, 'bigint')} and r.workflow_id = ${put(workflow, 'bigint')}
        and not r.test and ${STATES[state]}`,
    contactId: 'r.contact_id',
    at: state === 'entered' || state === 'running' ? 'r.started_at' : 'r.ended_at',
    begin: () => ({ expression: 'null::jsonb', steps: [] }),
  };
}

/** A run that waits is running. */
const STATES: Record<RunState, string> = {
  entered: 'true',
  running: `r.state in ('waiting', 'running')`,
  completed: `r.state = 'completed'`,
  stopped: `r.state = 'stopped'`,
  failed: `r.state = 'failed'`,
};
