import { copyRows } from '../db/binary-copy.ts';
import type { Db, Tx } from '../db/pool.ts';
import type { DeviceFacts, JsonObject } from '../inbox/index.ts';
import type { ContactState, SetAt } from './contact-state.ts';
import type { FieldConflict } from './set-fields.ts';
import { joinTokenDevices } from './token-devices.ts';

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

/** Writes whole rows, new or changed. */
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
}

/** What facts do to a contact's row besides its values. */
export interface Touch {
  contactId: number;
  /** Null: it was not seen. */
  seenAt: number | null;
  /** How many facts of each kind came to it. */
  facts: Record<CountedKind, number>;
}

export const COUNTED_KINDS = ['event', 'order', 'form', 'segment', 'field'] as const;
export type CountedKind = (typeof COUNTED_KINDS)[number];

/** Moves last_seen_at and the counts of facts: most events change nothing else of a contact. */
export async function touchContacts(tx: Tx, { touches }: { touches: Touch[] }): Promise<void> {
  if (touches.length === 0) return;
  await tx.query({
    name: 'touch_contacts',
    text: `update contacts c
              set last_seen_at = coalesce(touch.seen_at, c.last_seen_at),
                  event_count = c.event_count + touch.events, order_count = c.order_count + touch.orders,
                  form_count = c.form_count + touch.forms, segment_count = c.segment_count + touch.segments,
                  field_count = c.field_count + touch.fields
             from unnest($1::bigint[], $2::timestamptz[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[])
                  as touch (id, seen_at, events, orders, forms, segments, fields)
            where c.id = touch.id`,
    values: [
      touches.map((row) => row.contactId),
      touches.map((row) => instant(row.seenAt)),
      ...COUNTED_KINDS.map((kind) => touches.map((row) => row.facts[kind])),
    ],
  });
}

/**
 * The survivors of merges count what the dropped contacts had. Facts that go any other way (a
 * merge taken back, past events deleted) make the counts unknown: see `forgetCounts`.
 */
export async function joinCounts(
  tx: Tx,
  { pairs }: { pairs: { keepId: number; dropId: number }[] },
): Promise<void> {
  const keepIds = pairs.map((pair) => pair.keepId);
  const dropIds = pairs.map((pair) => pair.dropId);
  await tx.query(
    `with dropped as (select pair.keep_id, sum(d.event_count) as events, sum(d.order_count) as orders,
                             sum(d.form_count) as forms, sum(d.segment_count) as segments, sum(d.field_count) as fields,
                             bool_or(d.event_count is null) as unknown
                        from unnest($1::bigint[], $2::bigint[]) as pair (keep_id, drop_id)
                        join contacts d on d.id = pair.drop_id
                       group by pair.keep_id)
     update contacts c
        set event_count = case when not dropped.unknown then c.event_count + dropped.events end,
            order_count = case when not dropped.unknown then c.order_count + dropped.orders end,
            form_count = case when not dropped.unknown then c.form_count + dropped.forms end,
            segment_count = case when not dropped.unknown then c.segment_count + dropped.segments end,
            field_count = case when not dropped.unknown then c.field_count + dropped.fields end
       from dropped
      where c.id = dropped.keep_id`,
    [keepIds, dropIds],
  );
  await tx.query(
    `update contacts set event_count = 0, order_count = 0, form_count = 0, segment_count = 0, field_count = 0
      where id = any($1)`,
    [dropIds],
  );
}

/** Facts of these contacts went or came by other ways: how many there are is found by counting. */
export async function forgetCounts(tx: Tx, { ids }: { ids: number[] }): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update contacts
        set event_count = null, order_count = null, form_count = null, segment_count = null, field_count = null
      where id = any($1)`,
    [ids],
  );
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
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

export interface DeviceSighting {
  contactId: number;
  workspaceId: number;
  device: DeviceFacts;
  at: number;
  /** The merged contact that it came from. */
  via?: number | undefined;
}

const DEVICE_FACTS = [
  'app',
  'platform',
  'os_type',
  'os_version',
  'category',
  'model',
  'app_version',
  'push_token',
  'push_enabled',
  'locale',
  'time_zone',
];

/** An older sighting fills what is missing and changes nothing: senders repeat their calls. */
function newerOf(column: string): string {
  return `${column} = case when excluded.last_seen_at >= devices.last_seen_at
                       then coalesce(excluded.${column}, devices.${column})
                       else coalesce(devices.${column}, excluded.${column}) end`;
}

/** What several sightings of a device say together, the newest word first. */
function onePerDevice(sightings: DeviceSighting[]): DeviceSighting[] {
  const devices = new Map<string, DeviceSighting>();
  for (const row of sightings.toSorted((a, b) => a.at - b.at)) {
    const key = `${row.contactId} ${row.device.deviceId}`;
    const older = devices.get(key);
    devices.set(key, { ...row, device: { ...older?.device, ...row.device } });
  }
  return [...devices.values()];
}

/** The newest sighting of each device; older ones must come first. What a sighting does not say stays. */
export async function saveDevices(
  tx: Tx,
  { sightings }: { sightings: DeviceSighting[] },
): Promise<void> {
  const joined = await joinTokenDevices(tx, { sightings });
  const rows = onePerDevice(joined);
  if (rows.length === 0) return;
  await tx.query({
    name: 'save_devices',
    text: `insert into devices (contact_id, device_id, workspace_id, app, platform, os_type, os_version, category, model,
                                app_version, push_token, push_enabled, locale, time_zone, created_at, source_contact_id, last_seen_at)
           select *, at from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
                                $8::text[], $9::text[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::text[],
                                $15::timestamptz[], $16::bigint[])
                  as row (contact_id, device_id, workspace_id, app, platform, os_type, os_version, category, model,
                          app_version, push_token, push_enabled, locale, time_zone, at, via)
               on conflict on constraint devices_pkey do update
              set ${DEVICE_FACTS.map(newerOf).join(',\n                  ')},
                  last_seen_at = greatest(devices.last_seen_at, excluded.last_seen_at)`,
    values: [
      rows.map((r) => r.contactId),
      rows.map((r) => r.device.deviceId),
      rows.map((r) => r.workspaceId),
      rows.map((r) => r.device.app ?? null),
      rows.map((r) => r.device.platform ?? null),
      rows.map((r) => r.device.osType ?? null),
      rows.map((r) => r.device.osVersion ?? null),
      rows.map((r) => r.device.category ?? null),
      rows.map((r) => r.device.model ?? null),
      rows.map((r) => r.device.appVersion ?? null),
      rows.map((r) => r.device.pushToken ?? null),
      rows.map((r) => r.device.pushEnabled ?? null),
      rows.map((r) => r.device.locale ?? null),
      rows.map((r) => r.device.timeZone ?? null),
      rows.map((r) => instant(r.at)),
      rows.map((r) => r.via ?? null),
    ],
  });
}

/** What is known of these devices, by contact and device ID; index devices_pkey. */
export async function readDevices(
  tx: Tx,
  { devices }: { devices: { contactId: number; deviceId: string }[] },
): Promise<Map<string, DeviceFacts>> {
  if (devices.length === 0) return new Map();
  const { rows } = await tx.query<{
    contact_id: number;
    device_id: string;
    os_type: string | null;
    os_version: string | null;
    category: string | null;
    model: string | null;
    app_version: string | null;
  }>({
    name: 'read_devices',
    text: `select d.contact_id, d.device_id, d.os_type, d.os_version, d.category, d.model, d.app_version
             from unnest($1::bigint[], $2::text[]) as sought (contact_id, device_id)
             join devices d on d.contact_id = sought.contact_id and d.device_id = sought.device_id`,
    values: [devices.map((row) => row.contactId), devices.map((row) => row.deviceId)],
  });
  return new Map(
    rows.map((row) => [
      deviceKey(row.contact_id, row.device_id),
      {
        deviceId: row.device_id,
        ...(row.os_type !== null && { osType: row.os_type }),
        ...(row.os_version !== null && { osVersion: row.os_version }),
        ...(row.category !== null && { category: row.category }),
        ...(row.model !== null && { model: row.model }),
        ...(row.app_version !== null && { appVersion: row.app_version }),
      },
    ]),
  );
}

export function deviceKey(contactId: number, deviceId: string): string {
  return `${contactId} ${deviceId}`;
}

/** Devices, and push tokens on other devices, that now belong to somebody else. */
export async function dropLostDevices(
  tx: Tx,
  { lost }: { lost: { contactId: number; kind: string; value: string }[] },
): Promise<void> {
  const devices = lost.filter((row) => row.kind === 'device_id');
  const tokens = lost.filter((row) => row.kind === 'push_token');
  if (devices.length > 0) {
    await tx.query(
      `delete from devices d using unnest($1::bigint[], $2::text[]) as lost (contact_id, device_id)
        where d.contact_id = lost.contact_id and d.device_id = lost.device_id`,
      [devices.map((row) => row.contactId), devices.map((row) => row.value)],
    );
  }
  if (tokens.length > 0) {
    await tx.query(
      `update devices d set push_token = null, push_enabled = null
         from unnest($1::bigint[], $2::text[]) as lost (contact_id, push_token)
        where d.contact_id = lost.contact_id and d.push_token = lost.push_token`,
      [tokens.map((row) => row.contactId), tokens.map((row) => row.value)],
    );
    await tx.query(
      `delete from addresses a using unnest($1::bigint[], $2::text[]) as lost (contact_id, address)
        where a.contact_id = lost.contact_id and a.channel = 'mobile_push' and a.address = lost.address`,
      [tokens.map((row) => row.contactId), tokens.map((row) => row.value)],
    );
  }
}

export interface AddressChange {
  contactId: number;
  workspaceId: number;
  channel: string;
  /** Null: the contact has no address on this channel any more. */
  address: string | null;
  app?: string;
  confirmed: boolean;
  at: number;
  source: string;
  /** The words the person agreed to. */
  text?: string;
  via?: number | undefined;
}

/**
 * A known address keeps its state, whatever sets it again. One that the contact leaves keeps its
 * row too: who comes back to it by an import has not said yes by that.
 */
export async function saveAddresses(
  tx: Tx,
  { changes }: { changes: AddressChange[] },
): Promise<void> {
  // Of several that set the same address the first decides, as if the others came later.
  const first = new Map(changes.toReversed().map((row) => [addressKey(row), row]));
  const set = [...first.values()].filter((row) => row.address !== null);
  if (set.length === 0) return;
  await tx.query(
    `insert into addresses (contact_id, channel, address, workspace_id, app, state, state_at, source, consent_text,
                            source_contact_id)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[], $8::text[],
                          $9::text[], $10::bigint[])
         on conflict on constraint addresses_pkey do nothing`,
    [
      set.map((r) => r.contactId),
      set.map((r) => r.channel),
      set.map((r) => r.address),
      set.map((r) => r.workspaceId),
      set.map((r) => r.app ?? null),
      set.map((r) => (r.confirmed ? 'subscribed' : 'unconfirmed')),
      set.map((r) => instant(r.at)),
      set.map((r) => r.source),
      set.map((r) => r.text ?? null),
      set.map((r) => r.via ?? null),
    ],
  );
}

export function addressKey({
  contactId,
  channel,
  address,
}: {
  contactId: number;
  channel: string;
  address: string | null;
}): string {
  return `${contactId} ${channel} ${address}`;
}

/** What a contact agreed to at one address. */
export interface AddressState {
  state: string;
  at: number;
  source: string;
  text?: string | null | undefined;
}

/** By `addressKey`; index addresses_pkey. */
export async function loadAddressStates(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<Map<string, AddressState>> {
  const { rows } = await db.query<{
    contact_id: number;
    channel: string;
    address: string;
    state: string;
    state_at: Date;
    source: string;
    consent_text: string | null;
  }>({
    name: 'load_address_states',
    text: `select contact_id, channel, address, state, state_at, source, consent_text
             from addresses where contact_id = any($1::bigint[])`,
    values: [contactIds],
  });
  return new Map(
    rows.map(({ contact_id: contactId, channel, address, ...row }) => [
      addressKey({ contactId, channel, address }),
      { state: row.state, at: row.state_at.getTime(), source: row.source, text: row.consent_text },
    ]),
  );
}

/** The person said yes at this address. */
export interface Confirmation {
  contactId: number;
  workspaceId: number;
  channel: string;
  address: string;
  at: number;
  source: string;
  text: string | null;
}

export async function confirmAddresses(
  tx: Tx,
  { confirmations: rows }: { confirmations: readonly Confirmation[] },
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source, consent_text)
     select contact_id, channel, address, workspace_id, 'subscribed', at, source, consent_text
       from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[])
            as row (contact_id, channel, address, workspace_id, at, source, consent_text)
         on conflict on constraint addresses_pkey do update
        set state = excluded.state, state_at = excluded.state_at, source = excluded.source,
            reason = null, consent_text = coalesce(addresses.consent_text, excluded.consent_text)`,
    [
      rows.map((row) => row.contactId),
      rows.map((row) => row.channel),
      rows.map((row) => row.address),
      rows.map((row) => row.workspaceId),
      rows.map((row) => instant(row.at)),
      rows.map((row) => row.source),
      rows.map((row) => row.text),
    ],
  );
}

export async function saveConflicts(
  tx: Tx,
  { conflicts }: { conflicts: FieldConflict[] },
): Promise<void> {
  if (conflicts.length === 0) return;
  const rows = [...new Map(conflicts.map((row) => [identityOf(row), row])).values()];
  const known = await findConflicts(tx, rows);
  await copyRows(
    tx,
    'field_conflicts',
    [
      ['contact_id', 'int8'],
      ['workspace_id', 'int8'],
      ['field', 'text'],
      ['value', 'jsonb'],
      ['reason', 'text'],
      ['source', 'text'],
      ['at', 'timestamptz'],
    ],
    rows
      .filter((_, n) => !known.has(n))
      .map((row) => [
        row.contactId,
        row.workspaceId,
        fieldIn(row),
        JSON.stringify(row.value),
        row.reason,
        row.source,
        row.at,
      ]),
  );
}

function identityOf(row: FieldConflict): string {
  return JSON.stringify([row.contactId, row.field, row.value, row.source, row.at]);
}

function fieldIn({ field }: FieldConflict): string {
  return field.slice(0, 300);
}

/** Which of them are there already: senders repeat their calls. Index: field_conflicts_pkey. */
async function findConflicts(tx: Tx, conflicts: FieldConflict[]): Promise<Set<number>> {
  const { rows } = await tx.query<{ n: number }>(
    `select sent.n
       from unnest($1::bigint[], $2::text[], $3::jsonb[], $4::text[], $5::timestamptz[])
            with ordinality as sent (contact_id, field, value, source, at, n)
       join field_conflicts known
         on known.contact_id = sent.contact_id and known.field = sent.field
        and known.value = sent.value and known.source = sent.source and known.at = sent.at`,
    [
      conflicts.map((row) => row.contactId),
      conflicts.map(fieldIn),
      conflicts.map((row) => JSON.stringify(row.value)),
      conflicts.map((row) => row.source),
      conflicts.map((row) => new Date(row.at)),
    ],
  );
  return new Set(rows.map(({ n }) => n - 1));
}

/** Conflicts that somebody settled; index field_conflicts_pkey. */
export async function dropConflicts(
  tx: Tx,
  { settled }: { settled: { contactId: number; id: number }[] },
): Promise<void> {
  if (settled.length === 0) return;
  await tx.query(
    `delete from field_conflicts c using unnest($1::bigint[], $2::bigint[]) as settled (contact_id, id)
      where c.contact_id = settled.contact_id and c.id = settled.id`,
    [settled.map((row) => row.contactId), settled.map((row) => row.id)],
  );
}
