import type { Db } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import type { SetAt } from './contact-state.ts';
import { CONTACT_COLUMNS, type ContactRow } from './contact-row.ts';

/**
 * The contact that an ID means today: of one that was merged away, its survivor. Undefined for
 * what is not there, is deleted, or belongs to another workspace.
 * Indexes: identifiers_pkey, contacts_pkey.
 */
export async function findContact(
  db: Db,
  {
    workspaceId,
    id,
    deletedToo = false,
  }: { workspaceId: number; id: number; deletedToo?: boolean },
): Promise<ContactRow | undefined> {
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where id = coalesce((select contact_id from identifiers
                            where workspace_id = $1 and kind = 'contact' and value = $2::bigint::text),
                          $2)
        and workspace_id = $1 and (deleted_at is null or ($3 and merged_into is null))`,
    [workspaceId, id, deletedToo],
  );
  return rows[0];
}

/** The ID that the contact of an older row has today; index identifiers_pkey. */
export async function contactNow(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `select contact_id as id from identifiers
      where workspace_id = $1 and kind = 'contact' and value = $2::bigint::text`,
    [workspaceId, id],
  );
  return rows[0]?.id ?? id;
}

/** Who owns an external ID, deleted ones included: their identifiers stay reserved. */
export async function findOwner(
  db: Db,
  { workspaceId, externalId }: { workspaceId: number; externalId: string },
): Promise<{ id: number; deleted: boolean } | undefined> {
  const { rows } = await db.query<{ id: number; deleted: boolean }>(
    `select i.contact_id as id, c.deleted_at is not null as deleted
       from identifiers i
       left join contacts c on c.id = i.contact_id
      where i.workspace_id = $1 and i.kind = 'external_id' and i.value = $2`,
    [workspaceId, externalId],
  );
  return rows[0];
}

/** Of contacts with this e-mail or phone, those that are there; index identifiers_pkey. */
export async function findSharers(
  db: Db,
  { workspaceId, kind, value }: { workspaceId: number; kind: 'email' | 'phone'; value: string },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select c.id
       from identifiers i
       join contacts c on c.id = i.contact_id
      where i.workspace_id = $1 and i.kind = $2 and i.value = $3 and c.deleted_at is null`,
    [workspaceId, kind, value],
  );
  return rows.map((row) => row.id);
}

export interface IdentifierRow {
  kind: string;
  value: string;
  set_at: Date;
  source: string;
  retired: boolean;
}

/** What a contact is found by; index identifiers_by_contact. Shown: the newest of each kind first. */
export async function readIdentifiers(
  db: Db,
  { contactId, limit }: { contactId: number; limit: number },
): Promise<IdentifierRow[]> {
  const { rows } = await db.query<IdentifierRow>(
    `select kind, value, set_at, source, retired from identifiers
      where contact_id = $1 and value <> ''
      order by kind, set_at desc, value
      limit $2`,
    [contactId, limit],
  );
  return rows;
}

export interface DeviceRow {
  id: string;
  app: string | null;
  platform: string | null;
  os_type: string | null;
  os_version: string | null;
  category: string | null;
  model: string | null;
  app_version: string | null;
  push_token: string | null;
  push_enabled: boolean | null;
  locale: string | null;
  time_zone: string | null;
  created_at: Date;
  last_seen_at: Date;
}

/** Index: devices_pkey. */
export async function readDevices(
  db: Db,
  { contactId, limit }: { contactId: number; limit: number },
): Promise<DeviceRow[]> {
  const { rows } = await db.query<DeviceRow>(
    `select device_id as id, app, platform, os_type, os_version, category, model, app_version,
            push_token, push_enabled, locale, time_zone, created_at, last_seen_at
       from devices
      where contact_id = $1
      order by last_seen_at desc, device_id
      limit $2`,
    [contactId, limit],
  );
  return rows;
}

/** Devices with a push token of many contacts; index devices_pkey. */
export async function readPushDevices(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<(DeviceRow & { contact_id: number })[]> {
  const { rows } = await db.query<DeviceRow & { contact_id: number }>(
    `select contact_id, device_id as id, app, platform, os_type, os_version, category, model,
            app_version, push_token, push_enabled, locale, time_zone, created_at, last_seen_at
       from devices
      where contact_id = any($1) and push_token is not null
      order by last_seen_at desc, device_id`,
    [contactIds],
  );
  return rows;
}

export interface PlaceRow {
  contact_id: number;
  kind: 'web_push' | 'chat_id' | 'device_id';
  value: string;
}

/** Browsers, chats and devices that many contacts are reached at; index identifiers_by_contact. */
export async function readPlaces(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<PlaceRow[]> {
  const { rows } = await db.query<PlaceRow>(
    `select contact_id, kind, value from identifiers
      where contact_id = any($1) and kind in ('web_push', 'chat_id', 'device_id')
      order by kind desc, set_at desc, value`,
    [contactIds],
  );
  return rows;
}

export interface ConflictRow {
  id: number;
  field: string;
  value: Json;
  reason: string;
  source: string;
  at: Date;
}

/** Index: field_conflicts_pkey. */
export async function readConflicts(
  db: Db,
  { contactId, limit }: { contactId: number; limit: number },
): Promise<ConflictRow[]> {
  const { rows } = await db.query<ConflictRow>(
    `select id, field, value, reason, source, at from field_conflicts
      where contact_id = $1
      order by id desc
      limit $2`,
    [contactId, limit],
  );
  return rows;
}

/** When and by what each value was set; index contacts_pkey. */
export async function readSetAt(
  db: Db,
  { contactId }: { contactId: number },
): Promise<Record<string, SetAt>> {
  const { rows } = await db.query<{ set_at: Record<string, SetAt> }>(
    `select set_at from contacts where id = $1`,
    [contactId],
  );
  return rows[0]?.set_at ?? {};
}

/** Keys of archived custom fields: their values are kept and not shown. */
export async function readArchivedKeys(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Set<string>> {
  const { rows } = await db.query<{ key: string }>(
    `select key from fields where workspace_id = $1 and archived_at is not null`,
    [workspaceId],
  );
  return new Set(rows.map((row) => row.key));
}

/** Country whose national phone numbers are understood. */
export async function readPhoneCountry(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<string | undefined> {
  const { rows } = await db.query<{ country: string | null }>(
    `select settings ->> 'phone_country' as country from workspaces where id = $1`,
    [workspaceId],
  );
  return rows[0]?.country ?? undefined;
}
