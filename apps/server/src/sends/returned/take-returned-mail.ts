import { readReturnedMail, type ReturnedMail } from '@perennial/channels/providers';
import { inTransaction, type Pool } from '../../db/index.ts';
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

/**
 * Takes a mail that came to a return address, from whatever brought it. `to`: the envelope's
 * recipients. The key in the address is looked for first, then the Message-ID of what came back.
 */
export async function takeReturnedMail(
  { pool, keys, slots }: ReturnParts,
  { raw, to, now }: { raw: Uint8Array; to: readonly string[]; now: Date },
): Promise<TakenMail> {
  const mail = await readReturnedMail(raw);
  if (mail.returned.length === 0) return 'nothing';
  const deliveryId = deliveryIn(mail, { to, keys });
  if (deliveryId === undefined) return 'unknown';
  return inTransaction(
    pool,
    async (tx) => {
      const [delivery] = await findReturnedDeliveries(tx, { deliveryIds: [deliveryId] });
      if (!delivery || delivery.test) return 'gone';
      const facts = mail.returned.map((returned) => ({ delivery, returned }));
      await applyReturned(tx, { facts, slots, now });
      return 'told';
    },
    { retries: 5 },
  );
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
