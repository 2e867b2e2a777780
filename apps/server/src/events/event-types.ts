import { eventTypeSettingsSchema, type EventTypeSettings } from '@perennial/contracts';
import { readIndexedFields } from '../contacts/index.ts';
import type { Db } from '../db/pool.ts';
import { readTypeSettings } from './event-type-queries.ts';

/** Longest key of an event type. */
export const MAX_TYPE_KEY = 100;

/** Categories of types that the program itself writes. */
const SYSTEM_TYPES: Record<string, string> = {
  MessageSent: 'message',
  MessageDelivered: 'message',
  MessageOpened: 'message',
  MessageClicked: 'message',
  MessageUndelivered: 'message',
  MessageUnsubscribed: 'message',
  MessageComplained: 'message',
  SubscriptionChanged: 'subscription',
  SubscriptionConfirmed: 'subscription',
  SegmentEntered: 'segment',
  SegmentLeft: 'segment',
  FieldChanged: 'field',
  ContactCreated: 'contact',
  ContactMerged: 'contact',
  ContactUnmerged: 'contact',
  AlarmRaised: 'other',
  AlarmEnded: 'other',
};

/** Whether the program itself writes facts of this type. */
export function isSystemType(key: string): boolean {
  return Object.hasOwn(SYSTEM_TYPES, key);
}

/**
 * Why nobody else may record an event of this type; undefined: anybody may. What was sent to whom,
 * and who agreed to what, would be what any page with a write key says.
 */
export function whyReserved(key: string): string | undefined {
  if (!isSystemType(key)) return undefined;
  return `"${key}" is recorded by Perennial itself; give the event another name`;
}

/** IDs of event types by workspace and key. */
export interface EventTypeIds {
  /** Registers what is new. */
  idsOf(workspaceId: number, keys: Iterable<string>, now: Date): Promise<Map<string, number>>;
}

/** What a process knows of event types, as of each workspace's config_version. */
export interface EventTypes extends EventTypeIds {
  /**
   * Reads again where config_version has moved. Call it when the batch's slots are locked: a type
   * that was deleted before is then not written to any more.
   */
  refresh(db: Db): Promise<void>;
  settingsOf(workspaceId: number, key: string): EventTypeSettings;
  /** Fields whose values are identifiers, by their keys in the segment language. */
  indexedFields(workspaceId: number): ReadonlySet<string>;
}

export const DEFAULT_SETTINGS: EventTypeSettings = eventTypeSettingsSchema.parse({});

interface KnownTypes {
  version: number;
  ids: Map<string, number>;
  settings: Map<string, EventTypeSettings>;
  indexed: ReadonlySet<string>;
}

/**
 * `db` must not be the batch's transaction: a type is registered by a commit of its own, so that
 * workers which meet a new type at the same time do not wait for each other's batches.
 */
export function createEventTypes(db: Db): EventTypes {
  const known = new Map<number, KnownTypes>();

  function of(workspaceId: number): KnownTypes {
    let types = known.get(workspaceId);
    if (!types) {
      types = { version: -1, ids: new Map(), settings: new Map(), indexed: new Set() };
      known.set(workspaceId, types);
    }
    return types;
  }

  return {
    async idsOf(workspaceId, keys, now) {
      const { ids } = of(workspaceId);
      const unknown = [...new Set(keys)].filter((key) => !ids.has(key)).toSorted();
      if (unknown.length === 0) return ids;
      for (const row of await registerEventTypes(db, { workspaceId, keys: unknown, now })) {
        ids.set(row.key, row.id);
      }
      return ids;
    },

    async refresh(tx) {
      // The versions first: what is read after them is never older than they say.
      const stale = (await readVersions(tx)).filter((row) => of(row.id).version !== row.version);
      if (stale.length === 0) return;
      for (const { id, version } of stale) {
        known.set(id, { version, ids: new Map(), settings: new Map(), indexed: new Set() });
      }
      const workspaceIds = stale.map((row) => row.id);
      for (const [id, fields] of await readIndexedFields(tx, { workspaceIds })) {
        of(id).indexed = fields;
      }
      for (const row of await readTypeSettings(tx, { workspaceIds })) {
        of(row.workspace_id).settings.set(row.key, settingsFrom(row.settings));
      }
    },

    settingsOf: (workspaceId, key) => known.get(workspaceId)?.settings.get(key) ?? DEFAULT_SETTINGS,
    indexedFields: (workspaceId) => of(workspaceId).indexed,
  };
}

/** What was stored by another release and does not fit counts as never chosen. */
export function settingsFrom(stored: object): EventTypeSettings {
  const parsed = eventTypeSettingsSchema.safeParse(stored);
  return parsed.success ? parsed.data : DEFAULT_SETTINGS;
}

async function readVersions(db: Db): Promise<{ id: number; version: number }[]> {
  const { rows } = await db.query<{ id: number; version: number }>({
    name: 'config_versions',
    text: `select id, config_version as version from workspaces`,
    values: [],
  });
  return rows;
}

export async function registerEventTypes(
  db: Db,
  { workspaceId, keys, now }: { workspaceId: number; keys: string[]; now: Date },
): Promise<{ key: string; id: number }[]> {
  const known = await readTypeIds(db, { workspaceId, keys });
  if (known.length === keys.length) return known;
  const had = new Set(known.map((row) => row.key));
  const fresh = keys.filter((key) => !had.has(key));
  await db.query(
    `insert into event_types (workspace_id, key, name, category, created_at)
     select $1, key, key, category, $4
       from unnest($2::text[], $3::text[]) as row (key, category)
         on conflict on constraint event_types_key do nothing`,
    [workspaceId, fresh, fresh.map(categoryOf), now],
  );
  return readTypeIds(db, { workspaceId, keys });
}

/** IDs of the types that the workspace has, by key; registers nothing. */
export async function findTypeIds(
  db: Db,
  which: { workspaceId: number; keys: string[] },
): Promise<Map<string, number>> {
  return new Map((await readTypeIds(db, which)).map(({ key, id }) => [key, id]));
}

/** Index event_types_key. */
async function readTypeIds(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: string[] },
): Promise<{ key: string; id: number }[]> {
  const { rows } = await db.query<{ key: string; id: number }>(
    `select key, id from event_types where workspace_id = $1 and key = any($2)`,
    [workspaceId, keys],
  );
  return rows;
}

export function categoryOf(key: string): string {
  return Object.hasOwn(SYSTEM_TYPES, key) ? SYSTEM_TYPES[key]! : 'other';
}
