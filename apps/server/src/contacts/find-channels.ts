import type { ChannelStatus, contactChannelSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';

type Channel = z.output<typeof contactChannelSchema>;

/** A reason why an address must not be written to. */
export interface AddressSuppression {
  channel: string;
  address: string;
  reason: 'blacklisted' | 'bounced' | 'complained' | 'unsubscribed' | 'blocked';
  since: Date;
  until: Date | null;
  details: string | null;
  source: string;
}

/** What holds now; `suppressions/` offers it, which is a room to the right. */
export type FindSuppressions = (
  db: Db,
  options: {
    addresses: { workspaceId: number; channel: string; address: string }[];
    now: Date;
  },
) => Promise<AddressSuppression[]>;

/** Of several reasons the one that is told: what no consent of the person lifts comes first. */
const STRICTEST_FIRST: AddressSuppression['reason'][] = [
  'blacklisted',
  'bounced',
  'complained',
  'unsubscribed',
  'blocked',
];

export interface Owner {
  id: number;
  email: string | null;
  phone: string | null;
}

/** Where each of these contacts can be written to, and whether that is allowed now. */
export async function findChannels(
  db: Db,
  {
    workspaceId,
    owners,
    findSuppressions,
    now,
  }: { workspaceId: number; owners: Owner[]; findSuppressions: FindSuppressions; now: Date },
): Promise<Map<number, Channel[]>> {
  const ids = owners.map((owner) => owner.id);
  if (ids.length === 0) return new Map();
  const agreed = Map.groupBy(await readAddresses(db, ids), (row) => row.contact_id);
  const places = Map.groupBy(await readPlaces(db, ids), (row) => row.contact_id);
  const consented = new Map(
    owners.map((owner) => [
      owner.id,
      channelsOf(owner, { agreed: agreed.get(owner.id) ?? [], places: places.get(owner.id) ?? [] }),
    ]),
  );
  const addresses = [...consented.values()]
    .flatMap((channels) => [...channels, ...channels.flatMap(onViber)])
    .map(({ channel, address }) => ({ workspaceId, channel, address }));
  const suppressions = Map.groupBy(await findSuppressions(db, { addresses, now }), keyOf);
  const isSuppressed = (channel: Channel): boolean => suppressions.has(keyOf(channel));
  return new Map(
    [...consented].map(([id, channels]) => [
      id,
      [...channels, ...channels.flatMap(onViber).filter(isSuppressed)].map((channel) =>
        suppress(channel, suppressions.get(keyOf(channel)) ?? []),
      ),
    ]),
  );
}

/** Viber goes by what was agreed for SMS; it has a line of its own only if something speaks against it. */
function onViber(channel: Channel): Channel[] {
  return channel.channel === 'sms' ? [{ ...channel, channel: 'viber' }] : [];
}

function keyOf({ channel, address }: { channel: string; address: string }): string {
  return `${channel} ${address}`;
}

/** What a contact agreed to at one address. */
export interface AddressRow {
  contact_id: number;
  channel: string;
  address: string;
  app: string | null;
  state: 'subscribed' | 'unconfirmed';
  state_at: Date;
  reason: string | null;
  source: string;
  consent_text: string | null;
}

/** Index: addresses_pkey. */
async function readAddresses(db: Db, ids: number[]): Promise<AddressRow[]> {
  const { rows } = await db.query<AddressRow>(
    `select contact_id, channel, address, app, state, state_at, reason, source, consent_text
       from addresses
      where contact_id = any($1)
      order by channel, address`,
    [ids],
  );
  return rows;
}

/** Also those that the contact has left. */
export function listAddresses(db: Db, { contactId }: { contactId: number }): Promise<AddressRow[]> {
  return readAddresses(db, [contactId]);
}

/** An address that no consent is asked for: having the app, or allowing the browser, is one. */
interface PlaceRow {
  contact_id: number;
  channel: string;
  address: string;
  app: string | null;
  off: boolean;
  since: Date;
  source: string | null;
}

/** Indexes: devices_pkey, identifiers_by_contact. */
async function readPlaces(db: Db, ids: number[]): Promise<PlaceRow[]> {
  const { rows } = await db.query<PlaceRow>(
    `select contact_id, 'mobile_push' as channel, push_token as address, app,
            push_enabled is false as off, created_at as since, null as source
       from devices
      where contact_id = any($1) and push_token is not null
      union all
     select contact_id, case kind when 'web_push' then 'web_push' else 'telegram' end, value, null,
            false, set_at, source
       from identifiers
      where contact_id = any($1) and kind in ('web_push', 'chat_id')
      order by since desc, address`,
    [ids],
  );
  return rows;
}

function channelsOf(
  { email, phone }: Owner,
  { agreed, places }: { agreed: AddressRow[]; places: PlaceRow[] },
): Channel[] {
  // What was agreed at addresses that the contact has left is kept, and holds when they come back.
  const current: Record<string, string | null> = { email, sms: phone, viber: phone };
  const written = agreed.filter((row) => current[row.channel] === row.address).map(ofAddress);
  const known = (address: string): boolean => written.some((row) => row.address === address);
  const unasked = [
    ...(email !== null && !known(email) ? [neverAsked('email', email)] : []),
    ...(phone !== null && !known(phone) ? [neverAsked('sms', phone)] : []),
  ];
  return [...written, ...unasked, ...places.map(ofPlace)];
}

function ofAddress({
  channel,
  address,
  app,
  state,
  state_at,
  reason,
  source,
  consent_text: text,
}: AddressRow): Channel {
  return {
    channel,
    address,
    app,
    status: state,
    status_at: state_at,
    until: null,
    reason,
    source,
    consent: { status: state, at: state_at, source, text },
    suppressions: [],
  };
}

function neverAsked(channel: string, address: string): Channel {
  const unknown = { app: null, status_at: null, until: null, reason: null, source: null };
  return { channel, address, status: 'unconfirmed', ...unknown, consent: null, suppressions: [] };
}

function ofPlace({ channel, address, app, off, since, source }: PlaceRow): Channel {
  const status: ChannelStatus = off ? 'off' : 'subscribed';
  return {
    channel,
    address,
    app,
    status,
    status_at: since,
    until: null,
    reason: null,
    source,
    consent: null,
    suppressions: [],
  };
}

function suppress(channel: Channel, found: AddressSuppression[]): Channel {
  const suppressions = found
    .toSorted((a, b) => STRICTEST_FIRST.indexOf(a.reason) - STRICTEST_FIRST.indexOf(b.reason))
    .map(({ reason, since, until, details, source }) => ({
      reason,
      since,
      until,
      details,
      source,
    }));
  const [strictest] = suppressions;
  if (!strictest) return channel;
  const { reason: status, since: status_at, until, details: reason, source } = strictest;
  return { ...channel, status, status_at, until, reason, source, suppressions };
}
