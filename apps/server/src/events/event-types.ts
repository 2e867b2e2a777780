import type { Db } from '../db/pool.ts';

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
};

/** Whether the program itself writes facts of this type. */
export function isSystemType(key: string): boolean {
  return Object.hasOwn(SYSTEM_TYPES, key);
}

/** IDs of event types by workspace and key. Keys never change, so what is known stays known. */
export interface EventTypeIds {
  /** Registers what is new. */
  idsOf(workspaceId: number, keys: Iterable<string>, now: Date): Promise<Map<string, number>>;
}

/**
 * `db` must not be the batch's transaction: a type is registered by a commit of its own, so that
 * workers which meet a new type at the same time do not wait for each other's batches.
 */
export function createEventTypeIds(db: Db): EventTypeIds {
  const known = new Map<number, Map<string, number>>();

  return {
    async idsOf(workspaceId, keys, now) {
      let ids = known.get(workspaceId);
      if (!ids) known.set(workspaceId, (ids = new Map()));
      const unknown = [...new Set(keys)].filter((key) => !ids.has(key)).toSorted();
      if (unknown.length === 0) return ids;
      for (const row of await registerEventTypes(db, { workspaceId, keys: unknown, now })) {
        ids.set(row.key, row.id);
      }
      return ids;
    },
  };
}

export async function registerEventTypes(
  db: Db,
  { workspaceId, keys, now }: { workspaceId: number; keys: string[]; now: Date },
): Promise<{ key: string; id: number }[]> {
  await db.query(
    `insert into event_types (workspace_id, key, name, category, created_at)
     select $1, key, key, category, $4
       from unnest($2::text[], $3::text[]) as row (key, category)
         on conflict on constraint event_types_key do nothing`,
    [workspaceId, keys, keys.map(categoryOf), now],
  );
  const { rows } = await db.query<{ key: string; id: number }>(
    `select key, id from event_types where workspace_id = $1 and key = any($2)`,
    [workspaceId, keys],
  );
  return rows;
}

export function categoryOf(key: string): string {
  return Object.hasOwn(SYSTEM_TYPES, key) ? SYSTEM_TYPES[key]! : 'other';
}
