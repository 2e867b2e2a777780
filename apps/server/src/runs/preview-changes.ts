import type { StartOf } from '@perennial/blocks';
import { loadContacts } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { contactFields, zoneOf } from '../evaluation/index.ts';
import { findTypeIds } from '../events/index.ts';
import type { Json } from '../inbox/index.ts';
import { fieldTest } from '../workflows/index.ts';

/** So many changes are looked at, newest first: of more the preview says how far back it looked. */
const MOST_LOOKED = 200_000;
const CONTACTS_AT_ONCE = 5_000;

interface ChangeRow {
  contact_id: number;
  created: boolean;
  at: Date;
  source: string;
  /** Of a creation both are null: what it began with is found by what came later. */
  from: Json;
  to: Json;
}

interface Previewed {
  /** Different ones. */
  contacts: number;
  /** Changes: who changes twice may start twice. */
  times: number;
  from: Date;
}

/**
 * How many contacts' changes of a field would have started a workflow since then, by the very test with
 * which changes start it; its limits and segments come on top.
 */
export async function previewChanges(
  db: Db,
  {
    workspaceId,
    workspaceZone,
    start,
    since,
  }: { workspaceId: number; workspaceZone: string; start: StartOf<'field_change'>; since: Date },
): Promise<Previewed> {
  const { rows, from } = await readChanges(db, { workspaceId, field: start.field, since });
  const changes = await withBeginnings(db, rows, start.field);
  const contacts = await loadAll(db, [...new Set(changes.map((row) => row.contact_id))]);
  const passes = fieldTest(start);
  const fitting = changes.filter(({ contact_id: id, at, source, ...change }) => {
    const contact = contacts.get(id);
    if (!contact || contact.deletedAt !== null) return false;
    const clock = { now: at.getTime(), workspaceZone, contactZone: zoneOf(contact) };
    return passes({ params: { from: change.from, to: change.to }, source }, clock);
  });
  return {
    contacts: new Set(fitting.map((row) => row.contact_id)).size,
    times: fitting.length,
    from,
  };
}

/** Newest first. Index events_by_type, one stretch of each of two types. */
async function readChanges(
  db: Db,
  { workspaceId, field, since }: { workspaceId: number; field: string; since: Date },
): Promise<{ rows: ChangeRow[]; from: Date }> {
  const types = await findTypeIds(db, { workspaceId, keys: ['FieldChanged', 'ContactCreated'] });
  const { rows } = await db.query<ChangeRow & { about: boolean }>(
    `with looked as materialized (
       select contact_id, event_type_id, occurred_at, id, source, params from events
        where event_type_id = any($1::bigint[]) and occurred_at >= $3
        order by occurred_at desc
        limit ${MOST_LOOKED})
     select l.contact_id, l.event_type_id = $2 as created, l.occurred_at as at, l.source,
            change -> 'from' as "from", change -> 'to' as "to",
            l.event_type_id = $2 or change is not null as about
       from looked l
       left join lateral jsonb_array_elements(
              case when l.event_type_id <> coalesce($2, 0) then l.params -> 'changes' end) as change
         on change ->> 'field' = $4
      order by l.occurred_at desc, l.id desc`,
    [[...types.values()], types.get('ContactCreated') ?? null, since, field],
  );
  const isWhole = rows.length < MOST_LOOKED;
  return { rows: rows.filter(({ about }) => about), from: isWhole ? since : rows.at(-1)!.at };
}

/**
 * What a contact was created with is a change from nothing. It is what the first change afterwards
 * began with, or what the contact has still.
 */
async function withBeginnings(
  db: Db,
  newestFirst: readonly ChangeRow[],
  field: string,
): Promise<ChangeRow[]> {
  const created = newestFirst.filter((row) => row.created);
  const contacts = await loadAll(db, [...new Set(created.map((row) => row.contact_id))]);
  /** Of each contact the change after the one that is looked at. */
  const later = new Map<number, ChangeRow>();
  return newestFirst.flatMap((row) => {
    if (!row.created) {
      later.set(row.contact_id, row);
      return [row];
    }
    const next = later.get(row.contact_id);
    const contact = contacts.get(row.contact_id);
    const to = next ? next.from : contact ? (contactFields(contact)[field] ?? null) : null;
    return to === null ? [] : [{ ...row, from: null, to }];
  });
}

async function loadAll(db: Db, ids: readonly number[]): ReturnType<typeof loadContacts> {
  const found: Awaited<ReturnType<typeof loadContacts>> = new Map();
  for (let at = 0; at < ids.length; at += CONTACTS_AT_ONCE) {
    const part = await loadContacts(db, { ids: ids.slice(at, at + CONTACTS_AT_ONCE) });
    for (const [id, contact] of part) found.set(id, contact);
  }
  return found;
}
