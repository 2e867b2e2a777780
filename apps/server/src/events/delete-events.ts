import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { enqueueJob, type JobRow } from '../jobs/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { pastDeletion, typeDeletion } from './delete-slices.ts';
import { deleteEventTypeRow, lockEventType } from './event-type-queries.ts';
import { isSystemType } from './event-types.ts';

/** Something that would miss an event type. */
export interface TypeUse {
  name: string;
  state: string;
}

/**
 * The type is gone when the call answers, and its events with it from every list and condition:
 * all of them ask for events of types there are. The rows follow, slice by slice.
 */
export async function deleteEventType(
  tx: Tx,
  {
    workspaceId,
    key,
    by,
    findUses,
  }: {
    workspaceId: number;
    key: string;
    by: Origin;
    findUses: (tx: Tx) => Promise<TypeUse[]>;
  },
): Promise<JobRow> {
  // First, so that no workflow that uses it is activated meanwhile.
  await raiseConfigVersion(tx, { workspaceId });
  const type = await lockEventType(tx, { workspaceId, key });
  if (!type) throw notFound('event type');
  if (isSystemType(key)) {
    throw new Problem('conflict', { detail: `The program writes ${key} itself.` });
  }
  refuseIfUsed(await findUses(tx));
  await deleteEventTypeRow(tx, { id: type.id });
  await writeAudit(tx, {
    by,
    action: 'event_type.delete',
    object: { kind: 'event_type', id: type.id },
    before: { ...type },
  });
  const input = { event_type_id: type.id, event_type: key };
  return enqueueJob(tx, { workspaceId, kind: typeDeletion.kind, input, by });
}

function refuseIfUsed(uses: TypeUse[]): void {
  const live = uses.filter(({ state }) => state === 'active' || state === 'paused');
  if (live.length === 0) return;
  const names = [...new Set(live.map(({ name }) => `"${name}"`))].join(', ');
  throw new Problem('conflict', {
    detail: `Used by ${names}: archive what uses an event type before you delete it.`,
  });
}

/** Past events of a time, from included, to excluded; what is imported later stays. */
export async function deletePastEvents(
  tx: Tx,
  { workspaceId, from, to, by }: { workspaceId: number; from: Date; to: Date; by: Origin },
): Promise<JobRow> {
  const input = { from: from.toISOString(), to: to.toISOString() };
  const job = await enqueueJob(tx, { workspaceId, kind: pastDeletion.kind, input, by });
  await writeAudit(tx, {
    by,
    action: 'event.delete_past',
    object: { kind: 'job', id: job.id },
    after: input,
  });
  return job;
}
