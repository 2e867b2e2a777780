import type { consentEventSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { listAddresses, type AddressRow } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import { listTypeIds, newestOfContact, readFacts, type FactRow } from '../../events/index.ts';
import type { Json } from '../../inbox/index.ts';

export type ConsentEvent = z.output<typeof consentEventSchema>;

/** Facts that say what may be sent to a contact. */
const TYPES = [
  'SubscriptionConfirmed',
  'SubscriptionChanged',
  'MessageUnsubscribed',
  'MessageComplained',
];

/** Most that a person says in a life. */
export const MOST_CONSENTS = 500;

/**
 * What a contact, and others about it, said about being written to, newest first: the facts, and
 * with which state each address came. Index events_pkey.
 */
export async function listConsents(
  db: Db,
  { workspaceId, contactId, now }: { workspaceId: number; contactId: number; now: Date },
): Promise<ConsentEvent[]> {
  const typeIds = await listTypeIds(db, { workspaceId, keys: TYPES });
  const keys = await newestOfContact(db, {
    contactId,
    typeIds,
    before: { at: now.getTime() + 1, id: 0 },
    from: null,
    limit: MOST_CONSENTS,
  });
  const facts = await readFacts(db, { workspaceId, keys });
  const addresses = await listAddresses(db, { contactId });
  return [...facts.flatMap(ofFact), ...addresses.flatMap((row) => ofAddress(row, facts))].toSorted(
    (a, b) => b.at.getTime() - a.at.getTime(),
  );
}

const NOTHING: Omit<ConsentEvent, 'at' | 'what' | 'source'> = {
  channel: null,
  address: null,
  lifted: null,
  until: null,
  subscribed: [],
  unsubscribed: [],
  by: null,
  text: null,
  details: null,
  delivery: null,
};

function ofFact({ type, params, occurred_at, source }: FactRow): ConsentEvent[] {
  const said = params ?? {};
  const decided = textOf(said['decided_at']);
  const at = decided === null ? occurred_at : new Date(decided);
  const common = {
    ...NOTHING,
    at,
    source,
    channel: textOf(said['channel']),
    address: textOf(said['address']),
    by: textOf(said['by']),
    text: textOf(said['text']),
    details: textOf(said['details']),
    delivery: textOf(said['delivery']),
  };
  if (type === 'SubscriptionConfirmed') {
    return [{ ...common, what: 'confirmed' }, ...firstState(common, said)];
  }
  if (type === 'MessageUnsubscribed') return [{ ...common, what: 'unsubscribed' }];
  if (type === 'MessageComplained') return [{ ...common, what: 'complained' }];
  const status = textOf(said['status']);
  if (status === null) {
    const [subscribed, unsubscribed] = [said['subscribed'], said['unsubscribed']].map(textsOf);
    return [
      { ...common, what: 'categories', subscribed: subscribed!, unsubscribed: unsubscribed! },
    ];
  }
  const until = textOf(said['until']);
  return [
    {
      ...common,
      what: status as ConsentEvent['what'],
      lifted: textOf(said['lifted']),
      until: until === null ? null : new Date(until),
    },
    ...(status === 'withdrawn' ? firstState(common, said, 'subscribed') : []),
  ];
}

/** What the address was before; its row, if there still is one, does not tell. */
function firstState(
  { channel, address }: Pick<ConsentEvent, 'channel' | 'address'>,
  said: Record<string, Json>,
  what: 'subscribed' | 'unconfirmed' = 'unconfirmed',
): ConsentEvent[] {
  const since = textOf(said['since']);
  if (since === null) return [];
  return [
    {
      ...NOTHING,
      at: new Date(since),
      what,
      channel,
      address,
      source: textOf(said['first_source']) ?? 'system',
      text: textOf(said['first_text']),
    },
  ];
}

/** With which state an address came; one that was confirmed later has that from its fact. */
function ofAddress(row: AddressRow, facts: FactRow[]): ConsentEvent[] {
  const isConfirmed = facts.some(
    ({ type, params }) =>
      type === 'SubscriptionConfirmed' &&
      params?.['channel'] === row.channel &&
      params['address'] === row.address,
  );
  if (isConfirmed) return [];
  const { channel, address, state: what, state_at: at, source, consent_text: text } = row;
  return [{ ...NOTHING, at, what, channel, address, source, text }];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
