import { writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { enqueueJob, type JobRow } from '../jobs/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { pastDeletion, rangeDeletion, typeDeletion } from './delete-slices.ts';
import { countRange } from './deletion-queries.ts';
import { deleteEventTypeRow, findEventType, lockEventType } from './event-type-queries.ts';
import { isSystemType } from './event-types.ts';
import { FACT_FLAGS } from './fact.ts';

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

/** Some events of a type: of a time, from included, to excluded, all or imported ones only. */
export interface SomeEvents {
  workspaceId: number;
  /** Key of the type. */
  type: string;
  from: Date;
  to: Date;
  pastOnly: boolean;
}

/** How many would be deleted just now. */
export async function countDeletion(
  db: Db,
  some: SomeEvents,
): Promise<{ count: number; exact: boolean }> {
  return countRange(db, await rangeOf(db, some));
}

/** Those that were accepted by now go, and none that come later. */
export async function deleteSomeEvents(
  tx: Tx,
  { by, ...some }: SomeEvents & { by: Origin },
): Promise<JobRow> {
  const range = await rangeOf(tx, some);
  const { count, exact } = await countRange(tx, range);
  const { workspaceId, type, from, to, pastOnly } = some;
  const about = {
    event_type: type,
    from: from.toISOString(),
    to: to.toISOString(),
    past_only: pastOnly,
  };
  const job = await enqueueJob(tx, {
    workspaceId,
    kind: rangeDeletion.kind,
    input: { ...about, event_type_id: range.typeId },
    by,
    ...(exact && { total: count }),
  });
  await writeAudit(tx, {
    by,
    action: 'event.delete',
    object: { kind: 'job', id: job.id },
    after: about,
  });
  return job;
}

async function rangeOf(
  db: Db,
  { workspaceId, type: key, from, to, pastOnly }: SomeEvents,
): Promise<Parameters<typeof countRange>[1]> {
  const type = await findEventType(db, { workspaceId, key });
  if (!type) throw notFound('event type');
  if (isSystemType(key)) {
    throw new Problem('conflict', { detail: `The program writes ${key} itself.` });
  }
  return { typeId: type.id, from, to, flag: pastOnly ? FACT_FLAGS.past : 0 };
}
