import type { WorkspaceSettings } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import { readSettings } from './settings.ts';

/** A change is seen by every process within this time. */
const REMEMBER_MS = 5000;

/** Settings for calls that come by the thousand a second. */
export function createSettingsCache(
  db: Db,
  { clock }: { clock: () => Date },
): (workspaceId: number) => Promise<WorkspaceSettings> {
  const known = new Map<number, { settings: Promise<WorkspaceSettings>; until: number }>();
  return (workspaceId) => {
    const now = clock().getTime();
    const remembered = known.get(workspaceId);
    if (remembered && remembered.until > now) return remembered.settings;
    const settings = readSettings(db, { workspaceId });
    known.set(workspaceId, { settings, until: now + REMEMBER_MS });
    // A look-up that failed says nothing about the settings.
    settings.catch(() => known.delete(workspaceId));
    return settings;
  };
}
