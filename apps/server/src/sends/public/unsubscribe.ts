import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import type { RecipientToken } from '../../messages/index.ts';
import { suppressAddress } from '../../suppressions/index.ts';
import { reportStatuses } from '../senders/report-statuses.ts';
import { findDelivery, type AddressedDelivery } from './find-delivery.ts';

export type Unsubscribed = 'done' | 'test' | 'gone';

/**
 * The address of a delivery says no, for ever or until then. It holds from the commit on; saying it
 * twice is as good as once.
 */
export async function unsubscribe(
  pool: Pool,
  {
    token,
    reason,
    until,
    slots,
    now,
  }: {
    token: RecipientToken;
    reason?: string | undefined;
    until?: Date | undefined;
    slots: number;
    now: Date;
  },
): Promise<Unsubscribed> {
  return inTransaction(
    pool,
    async (tx) => {
      const delivery = await findDelivery(tx, token);
      if (!delivery) return 'gone';
      if (delivery.test) return 'test';
      const { channel, address } = delivery;
      const refusal = { token, delivery, channel, address, reason, until, slots, now };
      await refuseAddress(tx, refusal);
      return 'done';
    },
    { retries: 5 },
  );
}

export interface Refusal {
  token: RecipientToken;
  delivery: AddressedDelivery;
  channel: string;
  address: string;
  /** In the words of the workspace. */
  reason?: string | undefined;
  /** A pause, not a farewell. */
  until?: Date | undefined;
  slots: number;
  now: Date;
}

/** An address of the delivery's contact says no. */
export async function refuseAddress(
  tx: Tx,
  { token, delivery, channel, address, reason, until, slots, now }: Refusal,
): Promise<void> {
  const { workspaceId, deliveryId, sendId } = token;
  const { contact_id: contactId } = delivery;
  const isNews = await suppressAddress(tx, {
    suppression: {
      workspaceId,
      channel,
      address,
      reason: 'unsubscribed',
      since: now,
      source: 'web',
      ...(until && { until }),
      ...(reason !== undefined && { details: reason }),
      contactId,
      sendId,
      deliveryId,
    },
    slots,
    now,
  });
  // Whoever pauses has not left by this message, nor has who left elsewhere.
  if (!isNews || until || channel !== delivery.channel || address !== delivery.address) return;
  const report = { workspaceId, contactId, sendId, deliveryId } as const;
  await reportStatuses(tx, { reports: [{ ...report, status: 'unsubscribed' }], slots, now });
}
