import { refuseMisfits, type FieldCatalogue, type Misfit } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import type { InboxItem } from '../inbox/index.ts';
import type { WorkspaceSettings } from './workspace-settings.ts';

/** Takes out what the workspace refuses at the door; most refuse nothing and cost nothing. */
export type Refuse = (
  workspaceId: number,
  items: InboxItem[],
) => Promise<{ items: InboxItem[]; misfits: Misfit[] }>;

/** For workspaces whose setting `type_conflicts` is to reject. */
export function createRefuse(
  db: Db,
  {
    catalogue,
    settings: { isStrict, countryOf },
  }: { catalogue: FieldCatalogue; settings: WorkspaceSettings },
): Refuse {
  return async (workspaceId, items) => {
    if (!isStrict(workspaceId)) return { items, misfits: [] };
    return refuseMisfits(db, { workspaceId, items, catalogue, country: countryOf(workspaceId) });
  };
}
