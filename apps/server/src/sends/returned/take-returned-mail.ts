import { readReturnedMail, type ReturnedMail } from '@perennial/channels/providers';
import { inTransaction, type Pool } from '../../db/index.ts';
import type { DeliveryMarks, MarkedDelivery } from '../delivery-mark.ts';
import { applyReturned } from './apply-returned.ts';
import { findReturnedDelivery } from './find-returned-delivery.ts';

/**
 * What became of a mail: it told something about a delivery; it told nothing (a holiday note, an
 * answer); it names no delivery of ours; the delivery is gone, or was a test.
 */
export type TakenMail = 'told' | 'nothing' | 'unknown' | 'gone';

export interface ReturnParts {
  pool: Pool;
  marks: DeliveryMarks;
  slots: number;
}

/**
 * Takes a mail that came to a return address, from whatever brought it. `to`: the envelope's
 * recipients. The mark in the address is trusted first, then the Message-ID of what came back.
 */
export async function takeReturnedMail(
  { pool, marks, slots }: ReturnParts,
  { raw, to, now }: { raw: Uint8Array; to: readonly string[]; now: Date },
): Promise<TakenMail> {
  const mail = await readReturnedMail(raw);
  if (mail.returned.length === 0) return 'nothing';
  const marked = markedIn(mail, { to, marks });
  if (!marked) return 'unknown';
  return inTransaction(
    pool,
    async (tx) => {
      const delivery = await findReturnedDelivery(tx, marked);
      if (!delivery || delivery.test) return 'gone';
      for (const returned of mail.returned) {
        await applyReturned(tx, { delivery, returned, slots, now });
      }
      return 'told';
    },
    { retries: 5 },
  );
}

function markedIn(
  { messageIds }: ReturnedMail,
  { to, marks }: { to: readonly string[]; marks: DeliveryMarks },
): MarkedDelivery | undefined {
  const candidates = [...to.map(markOf), ...messageIds];
  for (const text of candidates) {
    const marked = marks.read(text);
    if (marked) return marked;
  }
  return undefined;
}

/** What stands behind the plus sign of a return address. */
export function markOf(address: string): string {
  return address.slice(address.indexOf('+') + 1);
}
