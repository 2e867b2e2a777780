import type { AddressKind, ChannelDefinition } from '@perennial/channels';
import type { Db } from '../db/index.ts';
import { findSuppressions, keyOf, type AddressKey } from '../suppressions/index.ts';
import type { Candidate, Consent } from './gates/gate.ts';

/** A contact as sends see it. */
export interface RecipientRow {
  id: number;
  workspace_id: number;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  language: string | null;
  /** The contact's own; null: none that is known here. */
  time_zone: string | null;
  deleted: boolean;
}

export async function loadRecipients(
  db: Db,
  { contactIds }: { contactIds: readonly number[] },
): Promise<Map<number, RecipientRow>> {
  const { rows } = await db.query<RecipientRow>({
    name: 'load_recipients',
    text: `select id, workspace_id, external_id, email, phone, fields ->> 'language' as language,
                  fields ->> 'time_zone' as time_zone,
                  deleted_at is not null as deleted
             from contacts where id = any($1::bigint[])`,
    values: [contactIds],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Somebody, and the channel to reach them by. */
export interface Search {
  contactId: number;
  workspaceId: number;
  channel: ChannelDefinition;
  /** As of when suppressions that end by themselves are looked at; now unless given. */
  at?: Date;
}

interface AddressRow {
  contact_id: number;
  channel: string;
  address: string;
  state: 'subscribed' | 'unconfirmed';
}

interface DeviceRow {
  contact_id: number;
  device_id: string;
  app: string | null;
  push_token: string | null;
  push_enabled: boolean | null;
}

interface IdentifierRow {
  contact_id: number;
  kind: string;
  value: string;
}

/** What is kept about the contacts, by contact; only the tables that the channels need are read. */
interface Kept {
  recipients: Map<number, RecipientRow>;
  addresses: Map<number, AddressRow[]>;
  devices: Map<number, DeviceRow[]>;
  identifiers: Map<number, IdentifierRow[]>;
}

/** Every address of every search, newest first, with what was agreed and what speaks against it. */
export async function findCandidates(
  db: Db,
  {
    searches,
    recipients,
    now,
  }: { searches: readonly Search[]; recipients: Map<number, RecipientRow>; now: Date },
): Promise<Candidate[][]> {
  const kept = await loadKept(db, { searches, recipients });
  const found = searches.map((search) =>
    SOURCES[search.channel.address](kept, search).map((address) => ({
      ...address,
      kind: search.channel.address,
    })),
  );
  const keys = searches.flatMap(({ workspaceId, channel }, i) =>
    found[i]!.map(({ address }): AddressKey => ({ workspaceId, channel: channel.key, address })),
  );
  const suppressions = Map.groupBy(await findSuppressions(db, { addresses: keys, now }), (row) =>
    keyOf({ ...row, workspaceId: row.workspace_id }),
  );
  return searches.map(({ workspaceId, channel, at = now }, i) =>
    found[i]!.map((candidate) => {
      const key = keyOf({ workspaceId, channel: channel.key, address: candidate.address });
      const against = (suppressions.get(key) ?? []).filter(
        ({ until: end }) => end === null || end > at,
      );
      const [until] = against.flatMap((row) => row.until ?? []).sort((a, b) => +a - +b);
      return {
        ...candidate,
        suppressed: against.map(({ reason }) => reason),
        ...(until && { suppressedUntil: until }),
      };
    }),
  );
}

type Found = Pick<Candidate, 'address' | 'app' | 'consent'>;

/** How the addresses of each kind are found. */
const SOURCES: Record<AddressKind, (kept: Kept, search: Search) => Found[]> = {
  email: (kept, search) => ownAddress(kept, search, kept.recipients.get(search.contactId)?.email),
  phone: (kept, search) => ownAddress(kept, search, kept.recipients.get(search.contactId)?.phone),
  push_token: (kept, { contactId }) =>
    (kept.devices.get(contactId) ?? []).flatMap(({ push_token: token, push_enabled, app }) =>
      token === null
        ? []
        : [{ address: token, app, consent: push_enabled === false ? 'disabled' : 'subscribed' }],
    ),
  web_push: (kept, search) => identifiersOf(kept, search, 'web_push'),
  chat_id: (kept, search) => identifiersOf(kept, search, 'chat_id'),
  app(kept, { contactId }) {
    const externalId = kept.recipients.get(contactId)?.external_id;
    if (externalId) return [{ address: externalId, app: null, consent: 'subscribed' }];
    return (kept.devices.get(contactId) ?? []).map(({ device_id, app }) => ({
      address: device_id,
      app,
      consent: 'subscribed',
    }));
  },
};

/** An address without a row was never agreed to. Other phone channels go by what SMS was told. */
function ownAddress(kept: Kept, search: Search, address: string | null | undefined): Found[] {
  if (!address) return [];
  const rows = (kept.addresses.get(search.contactId) ?? []).filter(
    (row) => row.address === address,
  );
  const row =
    rows.find(({ channel }) => channel === search.channel.key) ??
    rows.find(({ channel }) => search.channel.address === 'phone' && channel === 'sms');
  const consent: Consent = row?.state ?? 'unconfirmed';
  return [{ address, app: null, consent }];
}

function identifiersOf(kept: Kept, { contactId }: Search, kind: string): Found[] {
  return (kept.identifiers.get(contactId) ?? [])
    .filter((row) => row.kind === kind)
    .map((row) => ({ address: row.value, app: null, consent: 'subscribed' }));
}

async function loadKept(
  db: Db,
  { searches, recipients }: { searches: readonly Search[]; recipients: Map<number, RecipientRow> },
): Promise<Kept> {
  const contactsOf = (...kinds: AddressKind[]): number[] => [
    ...new Set(
      searches
        .filter(({ channel }) => kinds.includes(channel.address))
        .map(({ contactId }) => contactId),
    ),
  ];
  return {
    recipients,
    addresses: await loadAddresses(db, contactsOf('email', 'phone')),
    devices: await loadDevices(db, contactsOf('push_token', 'app')),
    identifiers: await loadIdentifiers(db, contactsOf('web_push', 'chat_id')),
  };
}

async function loadAddresses(db: Db, contactIds: number[]): Promise<Map<number, AddressRow[]>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await db.query<AddressRow>({
    name: 'load_addresses',
    text: `select contact_id, channel, address, state from addresses
            where contact_id = any($1::bigint[]) and channel in ('email', 'sms', 'viber')`,
    values: [contactIds],
  });
  return Map.groupBy(rows, (row) => row.contact_id);
}

async function loadDevices(db: Db, contactIds: number[]): Promise<Map<number, DeviceRow[]>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await db.query<DeviceRow>({
    name: 'load_recipient_devices',
    text: `select contact_id, device_id, app, push_token, push_enabled from devices
            where contact_id = any($1::bigint[])
            order by last_seen_at desc, device_id`,
    values: [contactIds],
  });
  return Map.groupBy(rows, (row) => row.contact_id);
}

/** Index: identifiers_by_contact. */
async function loadIdentifiers(
  db: Db,
  contactIds: number[],
): Promise<Map<number, IdentifierRow[]>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await db.query<IdentifierRow>({
    name: 'load_recipient_identifiers',
    text: `select contact_id, kind, value from identifiers
            where contact_id = any($1::bigint[]) and kind in ('web_push', 'chat_id')
            order by set_at desc, value`,
    values: [contactIds],
  });
  return Map.groupBy(rows, (row) => row.contact_id);
}
