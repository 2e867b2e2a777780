import type { EventTypeSettings } from '@perennial/contracts';
import { readCustomRules, ruleOf } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { readTypeSettings } from './event-type-queries.ts';
import { DEFAULT_SETTINGS, settingsFrom } from './event-types.ts';
import type { Mapping } from './identify-params.ts';
import { listMappings } from './mapping-queries.ts';

/** What a workspace decided about events, as the doors must know it. */
export interface WorkspaceEvents {
  settingsOf(type: string): EventTypeSettings;
  /** How parameters name contacts, beyond the well-known names. */
  mappings: readonly Mapping[];
}

/** Definitions as a process keeps them: read again when the workspace's configuration changed. */
export interface EventDefinitions {
  /** As of a moment not before the call. */
  of(workspaceId: number): Promise<WorkspaceEvents>;
}

interface Known {
  version: number;
  events: WorkspaceEvents;
}

export function createEventDefinitions(db: Db): EventDefinitions {
  const known = new Map<number, Known>();
  const asked = new Map<number, Promise<WorkspaceEvents>>();

  async function look(workspaceId: number): Promise<WorkspaceEvents> {
    // Calls that were parsed together ask together; who comes later asks anew.
    await new Promise((resolve) => setImmediate(resolve));
    asked.delete(workspaceId);
    // The version first: what is read after it is never older than it says.
    const version = await readVersion(db, { workspaceId });
    const kept = known.get(workspaceId);
    if (kept?.version === version) return kept.events;
    const events = await readWorkspaceEvents(db, { workspaceId });
    known.set(workspaceId, { version, events });
    return events;
  }

  return {
    of(workspaceId) {
      let looking = asked.get(workspaceId);
      if (!looking) asked.set(workspaceId, (looking = look(workspaceId)));
      return looking;
    },
  };
}

/** Index workspaces_pkey. */
async function readVersion(db: Db, { workspaceId }: { workspaceId: number }): Promise<number> {
  const { rows } = await db.query<{ config_version: number }>({
    name: 'config_version_of',
    text: `select config_version from workspaces where id = $1`,
    values: [workspaceId],
  });
  return rows[0]?.config_version ?? 0;
}

export async function readWorkspaceEvents(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<WorkspaceEvents> {
  const rows = await readTypeSettings(db, { workspaceIds: [workspaceId] });
  const settings = new Map(rows.map((row) => [row.key, settingsFrom(row.settings)]));
  return {
    settingsOf: (type) => settings.get(type) ?? DEFAULT_SETTINGS,
    mappings: await readMappings(db, { workspaceId }),
  };
}

/** Rules of fields that are archived since rest. */
async function readMappings(db: Db, { workspaceId }: { workspaceId: number }): Promise<Mapping[]> {
  const rows = await listMappings(db, { workspaceId });
  if (rows.length === 0) return [];
  const rules = await readCustomRules(db, { workspaceId });
  return rows
    .map(({ parameter, field }) => ({ parameter, field, rule: ruleOf(rules, field) }))
    .filter(({ field, rule }) => !field.startsWith('custom.') || rule !== undefined);
}
