import type { Tx } from '../../db/index.ts';
import type { Origin, WorkspaceRef } from '../../http/index.ts';
import type { Json } from '../../inbox/index.ts';
import { enqueueJob, presentJob, type JobRow } from '../../jobs/index.ts';
import { BULK, bulkInput, bulkKind } from './bulk-work.ts';
import { newestContact } from './selection.ts';

/** Begins to delete all contacts that match a filter, anonymous ones too; the caller checked it. */
export async function deleteMatching(
  tx: Tx,
  {
    workspace,
    by,
    filter,
    total,
    list,
  }: {
    workspace: WorkspaceRef;
    by: Origin;
    filter: Json;
    total: number;
    /** The list that is deleted with them, and comes back with them. */
    list: number;
  },
): Promise<JobRow> {
  const input = bulkInput(
    { kind: 'delete' },
    {
      filter,
      identified: false,
      deleted: false,
      except: [],
      zone: workspace.timeZone,
      currency: workspace.currency,
      upTo: await newestContact(tx),
    },
  );
  return enqueueJob(tx, {
    workspaceId: workspace.id,
    by,
    kind: BULK,
    input: { ...input, list },
    total,
  });
}

export function presentBulk(job: JobRow): ReturnType<typeof presentJob> {
  return presentJob(job, { kinds: new Map([[BULK, bulkKind]]), changed: new Set() });
}
