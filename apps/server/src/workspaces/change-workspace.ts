import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, type Origin } from '../http/index.ts';
import { lockWorkspace, updateWorkspace, type WorkspaceRow } from './queries.ts';

export interface WorkspaceChange {
  id: number;
  name?: string | undefined;
  timeZone?: string | undefined;
  currency?: string | undefined;
  by: Origin;
}

/** The slug stays: exported files and clients refer to it. */
export async function changeWorkspace(
  tx: Tx,
  { id, name, timeZone, currency, by }: WorkspaceChange,
): Promise<{ before: WorkspaceRow; after: WorkspaceRow }> {
  const before = await lockWorkspace(tx, { id });
  if (!before) throw notFound('workspace');
  const after = await updateWorkspace(tx, {
    id,
    name: name ?? before.name,
    timeZone: timeZone ?? before.time_zone,
    currency: currency ?? before.currency,
  });
  const changes = changesBetween(
    { name: before.name, time_zone: before.time_zone, currency: before.currency },
    { name: after.name, time_zone: after.time_zone, currency: after.currency },
  );
  if (changes) {
    const object = { kind: 'workspace', id };
    await writeAudit(tx, { by, action: 'workspace.change', object, ...changes });
  }
  return { before, after };
}
