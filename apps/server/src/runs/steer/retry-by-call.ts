import type { runSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { submitItem, type Submission } from '../../contacts/index.ts';
import type { Pool } from '../../db/index.ts';
import { notFound, Problem } from '../../http/index.ts';
import type { Rights } from '../../users/index.ts';
import { findRun } from '../read-queries.ts';
import { showRun } from '../show-runs.ts';

/** Lets a run that failed try its block again, and answers it as it is then. */
export async function retryByCall(
  db: Pool,
  { id, rights, ...submission }: Submission & { id: number; rights: Rights },
): Promise<z.output<typeof runSchema>> {
  const { workspaceId, by } = submission;
  const run = await findRun(db, { workspaceId, id });
  if (!run) throw notFound('run');
  if (run.state !== 'failed') {
    throw new Problem('conflict', { detail: 'Only a run that failed can be retried.' });
  }
  await submitItem(db, submission, {
    itemOf: (ticket) => ({
      kind: 'steer',
      ids: [['contact', String(run.contact_id)]],
      at: by.at.getTime(),
      source: by.actor.kind === 'user' ? 'manual' : 'api',
      workflowId: run.workflow_id,
      runId: id,
      way: { kind: 'retry' },
      ticket,
    }),
    audit: {
      action: 'run.retry',
      object: { kind: 'run', id },
      after: { workflow: String(run.workflow_id), contact: String(run.contact_id) },
    },
  });
  const retried = await findRun(db, { workspaceId, id });
  return showRun(retried ?? run, rights);
}
