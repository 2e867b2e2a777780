import type { Db } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import type { FactKey } from './event-id.ts';
import { unionTypes } from './union-types.ts';

/** Facts are read from the newest to the oldest; where to begin, itself left out. */
export interface Bound {
  /** Epoch milliseconds; all at this instant with a greater ID, or the same, are past. */
  at: number;
  id: number;
}

export interface Range {
  before: Bound;
  /** Epoch milliseconds; null: as far back as there is anything. */
  from: number | null;
  limit: number;
  /** With the facts' own keys and flags, which no index holds. */
  whole?: boolean;
}

/** Where a fact is, and its own key and flags if that was asked for. */
export interface FoundFact extends FactKey {
  key: string | null;
  flags: number;
}

interface FoundRow {
  contact_id: number;
  event_type_id: number;
  occurred_at: Date;
  id: number;
  key: string | null;
  flags: number;
}

/** IDs of the types of which a contact has facts: one step of the primary key for each. */
export async function typesOfContact(
  db: Db,
  { contactId }: { contactId: number },
): Promise<number[]> {
  // Unnamed: a plan for any contact takes thirty times as long as one for this contact.
  const { rows } = await db.query<{ id: number }>(
    `with recursive step (id) as (
       (select event_type_id from events where contact_id = $1 order by event_type_id limit 1)
       union all
       select (select event_type_id from events
                where contact_id = $1 and event_type_id > step.id
                order by event_type_id
                limit 1)
         from step
        where step.id is not null
     )
     select id from step where id is not null`,
    [contactId],
  );
  return rows.map((row) => row.id);
}

/**
 * The newest facts of these types of one contact, however many it has; index events_pkey. One
 * contact is one shard of a cluster, where the lateral join runs as it stands.
 */
export async function newestOfContact(
  db: Db,
  { contactId, typeIds, limit, ...range }: Range & { contactId: number; typeIds: number[] },
): Promise<FoundFact[]> {
  const { rows } = await db.query<FoundRow>(
    `select newest.*
       from unnest($2::bigint[]) as type (id)
       join lateral (select ${columnsOf(range)}
                       from events
                      where contact_id = $1 and event_type_id = type.id
                        and occurred_at <= $3 and (occurred_at, id) < ($3, $4)
                        and occurred_at >= $5
                      order by occurred_at desc, id desc
                      limit $6) newest on true
      order by occurred_at desc, id desc
      limit $6`,
    [contactId, typeIds, ...boundsOf(range), limit],
  );
  return rows.map(toFound);
}

/** The newest facts of these types, whoever's; index events_by_type. */
export async function newestOfTypes(
  db: Db,
  { typeIds, limit, ...range }: Range & { typeIds: number[] },
): Promise<FoundFact[]> {
  const rows = await unionTypes<FoundRow>(db, {
    typeIds,
    statement: (typeId) => `select ${columnsOf(range)}
                              from events
                             where event_type_id = ${typeId}
                               and occurred_at <= $1 and (occurred_at, id) < ($1, $2)
                               and occurred_at >= $3
                             order by occurred_at desc, id desc
                             limit $4`,
    values: [...boundsOf(range), limit],
  });
  return rows
    .map(toFound)
    .toSorted((a, b) => b.occurredAt - a.occurredAt || b.id - a.id)
    .slice(0, limit);
}

function columnsOf({ whole }: Pick<Range, 'whole'>): string {
  const found = 'contact_id, event_type_id, occurred_at, id';
  return `${found}, ${whole ? 'key, flags' : 'null::text as key, 0::smallint as flags'}`;
}

function boundsOf({ before, from }: Pick<Range, 'before' | 'from'>): unknown[] {
  return [new Date(before.at), before.id, from === null ? '-infinity' : new Date(from)];
}

function toFound(row: FoundRow): FoundFact {
  return {
    contactId: row.contact_id,
    typeId: row.event_type_id,
    occurredAt: row.occurred_at.getTime(),
    id: row.id,
    key: row.key,
    flags: row.flags,
  };
}

/** A stored fact. */
export interface FactRow {
  contact_id: number;
  event_type_id: number;
  id: number;
  /** Key and name of its type. */
  type: string;
  name: string;
  occurred_at: Date;
  received_at: Date;
  source_contact_id: number | null;
  source: string;
  key: string | null;
  message_id: string | null;
  params: Record<string, Json> | null;
  context: Record<string, Json> | null;
  flags: number;
}

/** These facts, in the order asked for; of another workspace none. Index events_pkey. */
export async function readFacts(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: FactKey[] },
): Promise<FactRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<FactRow>(
    `select e.contact_id, e.event_type_id, e.id, type.key as type, type.name, e.occurred_at, e.received_at,
            e.source_contact_id, e.source, e.key, e.message_id, e.params, e.context, e.flags
       from unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[]) with ordinality
            as sought (contact_id, type_id, occurred_at, id, n)
       join events e on e.contact_id = sought.contact_id and e.event_type_id = sought.type_id
                    and e.occurred_at = sought.occurred_at and e.id = sought.id
       join event_types type on type.id = e.event_type_id and type.workspace_id = $1
      order by sought.n`,
    [
      workspaceId,
      keys.map((key) => key.contactId),
      keys.map((key) => key.typeId),
      keys.map((key) => new Date(key.occurredAt).toISOString()),
      keys.map((key) => key.id),
    ],
  );
  return rows;
}
