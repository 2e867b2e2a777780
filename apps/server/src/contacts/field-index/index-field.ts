import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Origin } from '../../http/index.ts';
import { enqueueJob, type JobRow } from '../../jobs/index.ts';
import { FIELD_INDEX_BUILD, FIELD_INDEX_DROP } from './kinds.ts';
import { insertFieldIndex, markDropped } from './queries.ts';

interface Wish {
  workspaceId: number;
  /** By its key in the segment language. */
  field: string;
  by: Origin;
}

/** From now on cards write their values into the index; a job adds those that they have already. */
export async function indexFieldValues(
  tx: Tx,
  { workspaceId, field, automatic, by }: Wish & { automatic: boolean },
): Promise<JobRow | undefined> {
  const isNew = await insertFieldIndex(tx, { workspaceId, field, automatic, now: by.at });
  if (!isNew) return undefined;
  await writeAudit(tx, {
    by: { ...by, workspaceId },
    action: 'field_index.create',
    object: { kind: 'field_index', id: field },
    after: { automatic },
  });
  const input = { field, begun_at: by.at.toISOString() };
  return enqueueJob(tx, { workspaceId, kind: FIELD_INDEX_BUILD, input, by });
}

/** Filters read the cards again at once; a job takes the values away. */
export async function dropFieldIndex(tx: Tx, wish: Wish): Promise<JobRow | undefined> {
  const { field, by } = wish;
  const job = await abandonFieldIndex(tx, wish);
  if (!job) return undefined;
  await writeAudit(tx, {
    by,
    action: 'field_index.delete',
    object: { kind: 'field_index', id: field },
  });
  return job;
}

/** The same, of an index whose building was cancelled: the audit has that already. */
export async function abandonFieldIndex(
  tx: Tx,
  { workspaceId, field, by }: Wish,
): Promise<JobRow | undefined> {
  if (!(await markDropped(tx, { workspaceId, field, now: by.at }))) return undefined;
  return enqueueJob(tx, { workspaceId, kind: FIELD_INDEX_DROP, input: { field }, by });
}
