import type { Db } from '../../db/index.ts';
import { listWorkspaces } from '../../workspaces/index.ts';

export interface WorkspaceName {
  id: number;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
}

export interface WorkspaceNames {
  get(workspaceId: number): Promise<WorkspaceName>;
}

const FRESH_MS = 10_000;

/** Names of workspaces as messages show them; a renamed one shows within seconds. */
export function createWorkspaceNames(db: Db, { clock }: { clock: () => Date }): WorkspaceNames {
  const known = new Map<number, { at: number; workspace: WorkspaceName }>();
  return {
    async get(workspaceId) {
      const now = clock().getTime();
      const entry = known.get(workspaceId);
      if (entry && now - entry.at < FRESH_MS) return entry.workspace;
      const [row] = await listWorkspaces(db, { ids: [workspaceId] });
      if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
      const { id, slug, name, time_zone: timeZone, currency } = row;
      const workspace = { id, slug, name, timeZone, currency };
      known.set(workspaceId, { at: now, workspace });
      return workspace;
    },
  };
}
