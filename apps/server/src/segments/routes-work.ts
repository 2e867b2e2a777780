import { idParams, jobSchema } from '@perennial/contracts';
import { writeAudit } from '../audit/index.ts';
import { inTransaction, type Tx } from '../db/index.ts';
import { defineRoute, Problem, type ManageRoute, type Origin } from '../http/index.ts';
import { enqueueJob, presentJob, workKinds, type JobRow } from '../jobs/index.ts';
import { readSegment } from './change-segment.ts';
import { segmentWork } from './long-work.ts';
import type { SegmentRow } from './segment-row.ts';

const kinds = workKinds(segmentWork);

/** Takes all members out of a list; long work, that can be taken back. */
export const emptyRoute: ManageRoute = defineRoute({
  method: 'POST',
  url: '/segments/:id/empty',
  right: 'segments.write',
  summary: 'Empty a list',
  description: 'Takes out who is in it now, as long work that `/jobs/{id}/undo` takes back.',
  params: idParams,
  response: jobSchema,
  status: 201,
  handler: ({ db, by, workspace, params: { id } }) =>
    inTransaction(db, async (tx) => {
      const segment = await readSegment(tx, { workspaceId: workspace.id, id });
      requireOpenList(segment);
      await writeAudit(tx, {
        by,
        action: 'segment.empty',
        object: { kind: 'segment', id },
        before: { size: segment.size },
      });
      const job = await enqueueJob(tx, {
        workspaceId: workspace.id,
        by,
        kind: 'segments.empty',
        input: { segment: String(id), name: segment.name },
        total: segment.size,
      });
      return presentJob(job, { kinds, changed: new Set() });
    }),
});

/** Begins to put the members of one list into another. */
export async function copyMembersOf(
  tx: Tx,
  {
    workspaceId,
    by,
    from,
    into,
  }: { workspaceId: number; by: Origin; from: SegmentRow; into: SegmentRow },
): Promise<JobRow> {
  return enqueueJob(tx, {
    workspaceId,
    by,
    kind: 'segments.copy',
    input: { segment: String(into.id), from: String(from.id), name: into.name },
    total: from.size,
  });
}

/** Members of a list are named; those of a dynamic segment follow its rule. */
export function requireOpenList({ kind, archived_at: archivedAt }: SegmentRow): void {
  if (kind !== 'list') {
    throw new Problem('unprocessable', {
      detail: "A dynamic segment's members follow its rule and are not named.",
    });
  }
  if (archivedAt) {
    throw new Problem('conflict', { detail: 'The list is deleted. Bring it back first.' });
  }
}
