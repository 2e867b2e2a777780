import { inTransaction, type Pool } from '../../db/index.ts';
import type { RecipientToken } from '../../messages/index.ts';
import { suppressAddress } from '../../suppressions/index.ts';
import { reportStatuses } from '../senders/report-statuses.ts';

export type Unsubscribed = 'done' | 'test' | 'gone';

/**
 * The address of a delivery says no. It holds from the commit on; saying it twice is as good as
 * once. The delivery is found by its own ID: a merge may have given it to another contact.
 */
export async function unsubscribe(
  pool: Pool,
  { token, slots, now }: { token: RecipientToken; slots: number; now: Date },
): Promise<Unsubscribed> {
  const { workspaceId, deliveryId, sendId } = token;
  return inTransaction(
    pool,
    async (tx) => {
      // Index: deliveries_newest.
      const { rows } = await tx.query<{
        contact_id: number;
        channel: string;
        address: string;
        test: boolean;
      }>(
        `select d.contact_id, d.channel, d.address, s.test
           from deliveries d join sends s on s.contact_id = d.contact_id and s.id = d.send_id
          where d.workspace_id = $1 and d.id = $2`,
        [workspaceId, deliveryId],
      );
      const delivery = rows[0];
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
