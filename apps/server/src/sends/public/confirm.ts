import { inTransaction, type Pool } from '../../db/index.ts';
import { appendWithin, LANES, type ConsentItem } from '../../inbox/index.ts';
import type { RecipientToken } from '../../messages/index.ts';
import { liftSuppressions } from '../../suppressions/index.ts';
import { findDelivery } from './find-delivery.ts';

/**
 * What the person's own yes takes back. A bounce too: the link came to this address, so it is
 * alive. Not what the company decided, nor a block, which ends by itself.
 */
const TAKEN_BACK = ['unsubscribed', 'complained', 'bounced'] as const;

/**
 * The person at the address of a delivery says yes. What spoke against it is lifted by this
 * commit; the consent of the contact follows as an item of the same commit.
 */
export async function confirmSubscription(
  pool: Pool,
  {
    token,
    text,
    slots,
    clock,
  }: { token: RecipientToken; text: string; slots: number; clock: () => Date },
): Promise<'confirmed' | 'test' | 'gone'> {
  const { workspaceId, sendId, deliveryId } = token;
  return inTransaction(
    pool,
    async (tx) => {
      const delivery = await findDelivery(tx, token);
      if (!delivery) return 'gone';
      if (delivery.test) return 'test';
      const { contact_id: contactId, channel, address } = delivery;
      const now = clock();
      await liftSuppressions(tx, {
        addresses: [{ workspaceId, channel, address }],
        reasons: TAKEN_BACK,
        source: 'web',
        said: { text, send: { sendId, deliveryId } },
        slots,
        now,
      });
      const item: ConsentItem = {
        kind: 'consent',
        ids: [['contact', String(contactId)]],
        at: now.getTime(),
        source: 'web',
        confirm: { channel, address },
        consent: { text },
        send: { sendId, deliveryId },
      };
      await appendWithin(tx, { workspaceId, lane: LANES.interactive, items: [item], clock });
      return 'confirmed';
    },
    { retries: 5 },
  );
}
