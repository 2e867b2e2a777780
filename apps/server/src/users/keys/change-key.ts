import { changesBetween, writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { notFound, type Origin } from '../../http/index.ts';
import { lockKey, updateKey, type KeyRow } from './queries.ts';
import { requireApp } from './require-app.ts';

export interface KeyChange {
  workspaceId: number;
  id: number;
  name?: string | undefined;
  /** Null: it belongs to no app. */
  app?: number | null | undefined;
  by: Origin;
}

/** Renames a key, or gives it to an app; what it may do stays as it is. */
export async function changeKey(tx: Tx, change: KeyChange): Promise<KeyRow> {
  const { workspaceId, id, by } = change;
  const before = await lockKey(tx, { workspaceId, id });
  if (!before) throw notFound('key');
  const after: KeyRow = {
    ...before,
    name: change.name ?? before.name,
    app: change.app === undefined ? before.app : change.app,
  };
  const changes = changesBetween(before, after);
  if (!changes) return before;
  if (changes.after.app)
    await requireApp(tx, { workspaceId, kind: before.kind, app: changes.after.app });
  await updateKey(tx, after);
  await writeAudit(tx, { by, action: 'key.change', object: { kind: 'key', id }, ...changes });
  return after;
}
