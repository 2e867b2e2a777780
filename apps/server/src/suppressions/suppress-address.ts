import { findChannel, type AddressKind } from '@perennial/channels';
import type { Tx } from '../db/index.ts';
import {
  LANES,
  type IdentifierKind,
  type Source,
  type Stamped,
  type SuppressionItem,
} from '../inbox/index.ts';
import { enqueueStamped } from '../slots/index.ts';
import {
  deleteSuppression,
  findSharers,
  insertSuppressions,
  type AddressKey,
  type NewSuppression,
  type SuppressionReason,
  type SuppressionRow,
} from './queries.ts';

export interface SuppressionToWrite extends NewSuppression {
  source: Source;
  /** The delivery that led to it. */
  sendId?: number;
}

/**
 * An address said no. The row holds from the commit on, whatever waits in the inbox; the fact of
 * every contact with the address goes to its slot's queue with the same commit. Answers false if
 * it was known.
 */
export async function suppressAddress(
  tx: Tx,
  { suppression, slots, now }: { suppression: SuppressionToWrite; slots: number; now: Date },
): Promise<boolean> {
  const written = await insertSuppressions(tx, { suppressions: [suppression] });
  if (written.length === 0) return false;
  const { channel, address, reason, since, source, details, sendId, deliveryId } = suppression;
  const item: SuppressionItem = {
    kind: 'suppression',
    ids: [],
    at: since.getTime(),
    source,
    channel,
    address,
    reason,
    ...(details !== undefined && { details }),
    ...(sendId !== undefined && deliveryId !== undefined && { send: { sendId, deliveryId } }),
  };
  await tellSharers(tx, { key: suppression, item, contactId: suppression.contactId, slots, now });
  return true;
}

/** Somebody took it back; undefined if there was nothing to take back. */
export async function liftSuppression(
  tx: Tx,
  {
    slots,
    now,
    source,
    ...key
  }: AddressKey & { reason: SuppressionReason; slots: number; now: Date; source: Source },
): Promise<SuppressionRow | undefined> {
  const row = await deleteSuppression(tx, key);
  if (!row) return undefined;
  const item: SuppressionItem = {
    kind: 'suppression',
    ids: [],
    at: now.getTime(),
    source,
    channel: key.channel,
    address: key.address,
    reason: null,
    details: row.reason,
  };
  await tellSharers(tx, { key, item, contactId: row.contact_id ?? undefined, slots, now });
  return row;
}

/** By which identifier the contacts of an address are found; the app's own IDs are the contact's. */
const IDENTIFIER_OF: Record<AddressKind, IdentifierKind | undefined> = {
  email: 'email',
  phone: 'phone',
  push_token: 'push_token',
  web_push: 'web_push',
  chat_id: 'chat_id',
  app: undefined,
};

async function tellSharers(
  tx: Tx,
  {
    key,
    item,
    contactId,
    slots,
    now,
  }: {
    key: AddressKey;
    item: SuppressionItem;
    contactId: number | undefined;
    slots: number;
    now: Date;
  },
): Promise<void> {
  const { workspaceId, channel, address } = key;
  const definition = findChannel(channel);
  const kind = definition && IDENTIFIER_OF[definition.address];
  const sharers = kind ? await findSharers(tx, { workspaceId, kind, value: address }) : [];
  const contacts = new Set(contactId === undefined ? sharers : [contactId, ...sharers]);
  contacts.delete(0);
  const stamped = [...contacts].map((id): Stamped => ({
    workspaceId,
    contactId: id,
    receivedAt: now.getTime(),
    lane: LANES.interactive,
    item,
  }));
  await enqueueStamped(tx, { stamped, slots });
}
