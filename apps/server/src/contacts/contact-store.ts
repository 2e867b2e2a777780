import type { Db, Tx } from '../db/pool.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { ContactState, SetAt } from './contact-state.ts';
import { saveFieldValues } from './field-index/save-field-values.ts';
import { instant } from './instant.ts';

interface StoredContact {
  id: number;
  workspace_id: number;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  fields: JsonObject;
  set_at: Record<string, SetAt>;
  source: string;
  created_at: Date;
  updated_at: Date;
  last_seen_at: Date | null;
  deleted_at: Date | null;
  merged_into: number | null;
}

/** Contacts by ID, whatever their workspace: only for IDs that were checked or resolved. */
export async function loadContacts(
  db: Db,
  { ids }: { ids: number[] },
): Promise<Map<number, ContactState>> {
  const { rows } = await db.query<StoredContact>({
    name: 'load_contacts',
    text: `select id, workspace_id, external_id, email, phone, fields, set_at, source,
                  created_at, updated_at, last_seen_at, deleted_at, merged_into
             from contacts where id = any($1)`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, toState(row)]));
}

function toState(row: StoredContact): ContactState {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    externalId: row.external_id,
    email: row.email,
    phone: row.phone,
    fields: row.fields,
    setAt: row.set_at,
    source: row.source,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    lastSeenAt: row.last_seen_at?.getTime() ?? null,
    deletedAt: row.deleted_at?.getTime() ?? null,
    mergedInto: row.merged_into,
  };
}

/** Writes whole rows, new or changed, and what of them stands in indexes of fields. */
export async function saveContacts(
  tx: Tx,
  { contacts }: { contacts: ContactState[] },
): Promise<void> {
  if (contacts.length === 0) return;
  await tx.query({
    name: 'save_contacts',
    text: `insert into contacts (id, workspace_id, external_id, email, phone, fields, set_at, name_key, surname_key,
                                 source, created_at, updated_at, last_seen_at, deleted_at, merged_into)
           select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[],
                                $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[],
                                $13::timestamptz[], $14::timestamptz[], $15::bigint[])
               on conflict on constraint contacts_pkey do update
              set external_id = excluded.external_id, email = excluded.email, phone = excluded.phone,
                  fields = excluded.fields, set_at = excluded.set_at,
                  name_key = excluded.name_key, surname_key = excluded.surname_key,
                  updated_at = excluded.updated_at, last_seen_at = excluded.last_seen_at,
                  deleted_at = excluded.deleted_at, merged_into = excluded.merged_into`,
    values: [
      contacts.map((c) => c.id),
      contacts.map((c) => c.workspaceId),
      contacts.map((c) => c.externalId),
      contacts.map((c) => c.email),
      contacts.map((c) => c.phone),
      contacts.map((c) => JSON.stringify(c.fields)),
      contacts.map((c) => JSON.stringify(c.setAt)),
      contacts.map(nameKey),
      contacts.map(surnameKey),
      contacts.map((c) => c.source),
      contacts.map((c) => instant(c.createdAt)),
      contacts.map((c) => instant(c.updatedAt)),
      contacts.map((c) => instant(c.lastSeenAt)),
      contacts.map((c) => instant(c.deletedAt)),
      contacts.map((c) => c.mergedInto),
    ],
  });
  await saveFieldValues(tx, { contacts });
}

function nameKey({ fields }: ContactState): string | null {
  const name = [fields['first_name'], fields['last_name']]
    .filter((part) => typeof part === 'string')
    .join(' ');
  return name === '' ? null : name.toLowerCase().slice(0, 200);
}

function surnameKey({ fields }: ContactState): string | null {
  const surname = fields['last_name'];
  return typeof surname === 'string' ? surname.toLowerCase().slice(0, 200) : null;
}
