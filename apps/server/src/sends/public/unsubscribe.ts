import { inTransaction, type Pool } from '../../db/index.ts';
import type { RecipientToken } from '../../messages/index.ts';
import { suppressAddress } from '../../suppressions/index.ts';
import { reportStatuses } from '../senders/report-statuses.ts';
import { findDelivery } from './find-delivery.ts';

export type Unsubscribed = 'done' | 'test' | 'gone';

/**
 * The address of a delivery says no. It holds from the commit on; saying it twice is as good as
 * once.
 */
export async function unsubscribe(
  pool: Pool,
  {
    token,
    reason,
    slots,
    now,
  }: { token: RecipientToken; reason?: string | undefined; slots: number; now: Date },
): Promise<Unsubscribed> {
  const { workspaceId, deliveryId, sendId } = token;
  return inTransaction(
    pool,
    async (tx) => {
      const delivery = await findDelivery(tx, token);
      if (!delivery) return 'gone';
      if (delivery.test) return 'test';
      const { contact_id: contactId, channel, address } = delivery;
      const isNews = await suppressAddress(tx, {
        suppression: {
          workspaceId,
          channel,
          address,
          reason: 'unsubscribed',
          since: now,
          source: 'web',
          ...(reason !== undefined && { details: reason }),
          contactId,
          sendId,
          deliveryId,
        },
        slots,
        now,
      });
      if (isNews) {
        const report = { workspaceId, contactId, sendId, deliveryId } as const;
        await reportStatuses(tx, {
          reports: [{ ...report, status: 'unsubscribed' }],
          slots,
          now,
        });
      }
      return 'done';
    },
    { retries: 5 },
  );
}
