import {
  workspaceSettingsSchema,
  type WorkspaceSettings,
  type WorkspaceSettingsChange,
} from '@perennial/contracts';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, type Origin } from '../http/index.ts';
import { findSettings, lockWorkspace, updateSettings } from './queries.ts';

/** All settings, with their defaults where nothing was chosen. */
export async function readSettings(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<WorkspaceSettings> {
  return withDefaults(await findSettings(db, { workspaceId }));
}

export async function changeSettings(
  tx: Tx,
  { workspaceId, change, by }: { workspaceId: number; change: WorkspaceSettingsChange; by: Origin },
): Promise<WorkspaceSettings> {
  const workspace = await lockWorkspace(tx, { id: workspaceId });
  if (!workspace) throw notFound('workspace');
  const stored = apply(workspace.settings, change);
  const settings = withDefaults(stored);
  const changes = changesBetween(withDefaults(workspace.settings), settings);
  await updateSettings(tx, { workspaceId, settings: stored });
  if (changes) {
    await writeAudit(tx, {
      by,
      action: 'settings.change',
      object: { kind: 'workspace', id: workspaceId },
      ...changes,
    });
  }
  return settings;
}

function apply(
  stored: Record<string, unknown>,
  change: WorkspaceSettingsChange,
): Record<string, unknown> {
  const chosen = Object.entries({ ...stored, ...change });
  return Object.fromEntries(chosen.filter(([, value]) => value !== null && value !== undefined));
}

/** A stored value that no longer fits its setting counts as never chosen. */
function withDefaults(stored: Record<string, unknown>): WorkspaceSettings {
  const result = workspaceSettingsSchema.safeParse(stored);
  if (result.success) return result.data;
  const misfits = new Set(result.error.issues.map((issue) => issue.path[0]));
  const fitting = Object.entries(stored).filter(([name]) => !misfits.has(name));
  return workspaceSettingsSchema.parse(Object.fromEntries(fitting));
}
