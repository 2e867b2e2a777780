import type { Db } from '../db/index.ts';

export interface WorkspaceCountries {
  countryOf(workspaceId: number): string | undefined;
  /** The same, for the pipeline: refreshed in place. */
  all: Map<number, string>;
  refresh(): Promise<void>;
}

/** Default countries of phone numbers, which tracking calls need without asking the database. */
export function createWorkspaceCountries(db: Db): WorkspaceCountries {
  const all = new Map<number, string>();
  return {
    all,
    countryOf: (workspaceId) => all.get(workspaceId),
    async refresh() {
      const { rows } = await db.query<{ id: number; country: string | null }>(
        `select id, settings ->> 'phone_country' as country from workspaces`,
      );
      for (const { id, country } of rows) {
        if (country) all.set(id, country);
        else all.delete(id);
      }
    },
  };
}
