import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, type Origin } from '../http/index.ts';
import { lockWorkspace, updateWorkspace, type WorkspaceRow } from './queries.ts';

export interface WorkspaceChange {
  id: number;
  name?: string | undefined;
  timeZone?: string | undefined;
  by: Origin;
}

/** The slug stays: exported files and clients refer to it. */
export async function changeWorkspace(
  tx: Tx,
  { id, name, timeZone, by }: WorkspaceChange,
): Promise<WorkspaceRow> {
  const before = await lockWorkspace(tx, { id });
  if (!before) throw notFound('workspace');
  const after = await updateWorkspace(tx, {
    id,
    name: name ?? before.name,
    timeZone: timeZone ?? before.time_zone,
  });
  const changes = changesBetween(
    { name: before.name, time_zone: before.time_zone },
    { name: after.name, time_zone: after.time_zone },
  );
  if (changes) {
    const object = { kind: 'workspace', id };
    await writeAudit(tx, { by, action: 'workspace.change', object, ...changes });
  }
  return after;
}
