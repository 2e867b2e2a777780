import type { workflowStartedSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { readSegmentCatalogue, type Settle } from '../segments/index.ts';
import { beginStartingMembers, readWorkflow } from '../workflows/index.ts';

interface Launch {
  workspaceId: number;
  by: Origin;
  /** Of the workflow. */
  id: number;
  segment: string;
  params: JsonObject;
  settle: Settle;
}

/** Starts a workflow by hand for everybody who is in a segment at this moment, as long work. */
export async function launchForSegment(
  db: Pool,
  { workspaceId, by, id, segment, params, settle }: Launch,
): Promise<z.output<typeof workflowStartedSchema>> {
  return inTransaction(db, async (tx) => {
    const workflow = await readWorkflow(tx, { workspaceId, id });
    if (workflow.state !== 'active') {
      throw new Problem('conflict', { detail: 'Only an active workflow can be started.' });
    }
    const known = (await readSegmentCatalogue(tx, { workspaceId })).get(segment);
    if (!known || known.usesEvent) {
      const message = known
        ? 'The segment takes values from an event, so it has no members of its own.'
        : 'There is no such segment.';
      throw new Problem('invalid_request', {
        errors: [{ path: '/segment', message, in: 'body' }],
      });
    }
    const order = { workspaceId, workflow, start: { segment }, by, settle, params };
    const job = await beginStartingMembers(tx, order);
    await writeAudit(tx, {
      by,
      action: 'workflow.start',
      object: { kind: 'workflow', id },
      after: { segment, contacts: job.total },
    });
    return { accepted: job.total ?? 0, runs: null, refused: null, job: job.id };
  });
}
