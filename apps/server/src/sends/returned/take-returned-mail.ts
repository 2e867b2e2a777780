import { readReturnedMail, type ReturnedMail } from '@perennial/channels/providers';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import type { DeliveryKeys } from '../senders/delivery-key.ts';
import { applyReturned } from './apply-returned.ts';
import { findReturnedDeliveries } from './find-returned-delivery.ts';

/**
 * What became of a mail: it told something about a delivery; it told nothing (a holiday note, an
 * answer); it names no delivery of ours; the delivery is gone, or was a test.
 */
export type TakenMail = 'told' | 'nothing' | 'unknown' | 'gone';

export interface ReturnParts {
  pool: Pool;
  keys: Pick<DeliveryKeys, 'read'>;
  slots: number;
}

/** What a mail says, and the delivery that it names. */
export interface ReadMail {
  returned: ReturnedMail['returned'];
  deliveryId: number | undefined;
}

/**
 * Takes a mail that came to a return address, from whatever brought it. `to`: the envelope's
 * recipients. The key in the address is looked for first, then the Message-ID of what came back.
 */
export async function takeReturnedMail(
  parts: ReturnParts,
  { now, ...given }: { raw: Uint8Array; to: readonly string[]; now: Date },
): Promise<TakenMail> {
  const mail = await readMail(parts, given);
  const { pool, slots } = parts;
  return inTransaction(pool, (tx) => applyMail(tx, { mail, slots, now }), { retries: 5 });
}

export async function readMail(
  { keys }: Pick<ReturnParts, 'keys'>,
  { raw, to }: { raw: Uint8Array; to: readonly string[] },
): Promise<ReadMail> {
  const mail = await readReturnedMail(raw);
  return { returned: mail.returned, deliveryId: deliveryIn(mail, { to, keys }) };
}

/** Applies what a mail says; without a workspace, to whosever delivery it names. */
export async function applyMail(
  tx: Tx,
  {
    mail: { returned, deliveryId },
    workspaceId,
    ...round
  }: { mail: ReadMail; workspaceId?: number; slots: number; now: Date },
): Promise<TakenMail> {
  if (returned.length === 0) return 'nothing';
  if (deliveryId === undefined) return 'unknown';
  const [delivery] = await findReturnedDeliveries(tx, {
    ...(workspaceId !== undefined && { workspaceId }),
    deliveryIds: [deliveryId],
  });
  if (!delivery || delivery.test) return 'gone';
  const facts = returned.map((each) => ({ delivery, returned: each }));
  await applyReturned(tx, { facts, ...round });
  return 'told';
}

function deliveryIn(
  { messageIds }: ReturnedMail,
  { to, keys }: { to: readonly string[]; keys: Pick<DeliveryKeys, 'read'> },
): number | undefined {
  const named = [...to.map(keyOf), ...messageIds.map(beforeDomain)];
  return named.map((key) => keys.read(key)).find((id) => id !== undefined);
}

/** What stands behind the plus sign of a return address. Servers may write it in capital letters. */
export function keyOf(address: string): string {
  return beforeDomain(address.slice(address.indexOf('+') + 1)).toLowerCase();
}

function beforeDomain(text: string): string {
  const [local = ''] = text.split('@');
  return local;
}
