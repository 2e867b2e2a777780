import type { Db } from '../db/index.ts';

/** Settings that each item needs, without asking the database for each. */
export interface WorkspaceSettings {
  /** Default countries of phone numbers, by workspace; refreshed in place. */
  countries: Map<number, string>;
  countryOf(workspaceId: number): string | undefined;
  /** Whether values that do not fit are refused at the door. */
  isStrict(workspaceId: number): boolean;
  /**
   * When it is told of a change, and seldom besides: whoever tells may not be heard. Resolves when what
   * was committed before the call is known; calls meanwhile share one look.
   */
  refresh(): Promise<void>;
}

export const REFRESH_SETTINGS_MS = 60_000;

export function createWorkspaceSettings(db: Db): WorkspaceSettings {
  const countries = new Map<number, string>();
  let strict = new Set<number>();
  let refreshing: Promise<void> | undefined;
  let again = false;

  /** One that fails is repeated if somebody asked meanwhile: the change may be younger. */
  async function readAll(): Promise<void> {
    for (;;) {
      again = false;
      const failed = await read().then(
        () => undefined,
        (cause: unknown) => ({ cause }),
      );
      if (again) continue;
      if (failed) throw failed.cause;
      return;
    }
  }

  async function read(): Promise<void> {
    const { rows } = await db.query<{ id: number; country: string | null; strict: boolean }>(
      `select id, settings ->> 'phone_country' as country,
              settings ->> 'type_conflicts' is not distinct from 'reject' as strict
         from workspaces`,
    );
    strict = new Set(rows.filter((row) => row.strict).map(({ id }) => id));
    for (const { id, country } of rows) {
      if (country) countries.set(id, country);
      else countries.delete(id);
    }
  }

  return {
    countries,
    countryOf: (workspaceId) => countries.get(workspaceId),
    isStrict: (workspaceId) => strict.has(workspaceId),
    refresh() {
      if (refreshing) again = true;
      refreshing ??= readAll().finally(() => (refreshing = undefined));
      return refreshing;
    },
  };
}
