import { refuseMisfits, type FieldCatalogue, type Misfit } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import type { InboxItem } from '../inbox/index.ts';

export interface StrictWorkspaces {
  /** Takes out what the workspace refuses at the door; most refuse nothing and cost nothing. */
  refuse(
    workspaceId: number,
    items: InboxItem[],
  ): Promise<{ items: InboxItem[]; misfits: Misfit[] }>;
  refresh(): Promise<void>;
}

/** Workspaces whose setting `type_conflicts` is to reject. */
export function createStrictWorkspaces(
  db: Db,
  {
    catalogue,
    countryOf,
  }: { catalogue: FieldCatalogue; countryOf: (workspaceId: number) => string | undefined },
): StrictWorkspaces {
  let strict = new Set<number>();
  return {
    async refuse(workspaceId, items) {
      if (!strict.has(workspaceId)) return { items, misfits: [] };
      const country = countryOf(workspaceId);
      return refuseMisfits(db, { workspaceId, items, catalogue, country });
    },
    async refresh() {
      const { rows } = await db.query<{ id: number }>(
        `select id from workspaces where settings ->> 'type_conflicts' = 'reject'`,
      );
      strict = new Set(rows.map((row) => row.id));
    },
  };
}
