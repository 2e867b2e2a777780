import type { runSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { submitItem, type Submission } from '../contacts/index.ts';
import type { Pool } from '../db/index.ts';
import { notFound } from '../http/index.ts';
import type { Rights } from '../users/index.ts';
import { findRun } from './read-queries.ts';
import { showRun } from './show-runs.ts';

/** Ends one run by hand, and answers it as it is then. One that has ended stays as it is. */
export async function stopByCall(
  db: Pool,
  { id, rights, ...submission }: Submission & { id: number; rights: Rights },
): Promise<z.output<typeof runSchema>> {
  const { workspaceId, by } = submission;
  const run = await findRun(db, { workspaceId, id });
  if (!run) throw notFound('run');
  if (run.ended_at !== null) return showRun(run, rights);
  await submitItem(db, submission, {
    itemOf: (ticket) => ({
      kind: 'stop',
      ids: [['contact', String(run.contact_id)]],
      at: by.at.getTime(),
      source: by.actor.kind === 'user' ? 'manual' : 'api',
      workflowId: run.workflow_id,
      runId: id,
      reason: 'by hand',
      ticket,
    }),
    audit: {
      action: 'run.stop',
      object: { kind: 'run', id },
      after: { workflow: String(run.workflow_id), contact: String(run.contact_id) },
    },
  });
  const stopped = await findRun(db, { workspaceId, id });
  return showRun(stopped ?? run, rights);
}
